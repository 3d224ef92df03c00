package dev.in.emulator.firestore.query;

import com.google.firestore.v1.Cursor;
import com.google.firestore.v1.Document;
import com.google.firestore.v1.StructuredQuery;
import com.google.firestore.v1.StructuredQuery.CollectionSelector;
import com.google.firestore.v1.StructuredQuery.Direction;
import dev.in.emulator.firestore.value.Errors;
import dev.in.emulator.firestore.value.FieldPath;
import dev.in.emulator.firestore.value.Fields;
import dev.in.emulator.firestore.value.ResourcePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * A structured query, checked and with everything said that the API leaves implied.
 *
 * @param parent below which the query looks
 * @param collectionId the id of the collections; empty for all
 * @param allDescendants whether collections anywhere below the parent count, or only its own
 * @param order ends with the document's name, so it is total
 * @param projection the fields to return; empty for all
 */
public record QueryPlan(
    ResourcePath parent,
    Optional<String> collectionId,
    boolean allDescendants,
    Predicate<Document> filter,
    SortOrder order,
    Optional<Cursor> start,
    Optional<Cursor> end,
    int offset,
    OptionalInt limit,
    Optional<List<FieldPath>> projection) {

  public static QueryPlan of(ResourcePath parent, StructuredQuery query) {
    if (query.hasFindNearest()) {
      throw Errors.unsupported("find_nearest");
    }
    if (query.getFromCount() != 1) {
      throw Errors.invalid("A query needs exactly one collection selector.");
    }
    if (query.getOffset() < 0 || query.getLimit().getValue() < 0) {
      throw Errors.invalid("Offset and limit must not be negative.");
    }
    CollectionSelector from = query.getFrom(0);
    SortOrder order = order(query);
    return new QueryPlan(
        parent,
        collectionId(from),
        from.getAllDescendants(),
        query.hasWhere() ? QueryFilter.compile(query.getWhere()) : document -> true,
        order,
        query.hasStartAt() ? Optional.of(checked(query.getStartAt(), order)) : Optional.empty(),
        query.hasEndAt() ? Optional.of(checked(query.getEndAt(), order)) : Optional.empty(),
        query.getOffset(),
        query.hasLimit() ? OptionalInt.of(query.getLimit().getValue()) : OptionalInt.empty(),
        projection(query));
  }

  private static Optional<String> collectionId(CollectionSelector from) {
    if (!from.getCollectionId().isEmpty()) {
      ResourcePath.checkId(from.getCollectionId());
      return Optional.of(from.getCollectionId());
    }
    return Optional.empty();
  }

  private static SortOrder order(StructuredQuery query) {
    var keys = new ArrayList<SortOrder.Key>();
    for (StructuredQuery.Order order : query.getOrderByList()) {
      keys.add(
          new SortOrder.Key(
              FieldPath.parse(order.getField().getFieldPath()),
              order.getDirection() == Direction.DESCENDING));
    }
    boolean descending = !keys.isEmpty() && keys.getLast().descending();
    var implied = new ArrayList<FieldPath>(QueryFilter.inequalityFields(query.getWhere()));
    implied.remove(FieldPath.NAME);
    implied.add(FieldPath.NAME);
    for (FieldPath path : implied) {
      if (keys.stream().noneMatch(key -> key.path().equals(path))) {
        keys.add(new SortOrder.Key(path, descending));
      }
    }
    return new SortOrder(keys);
  }

  private static Cursor checked(Cursor cursor, SortOrder order) {
    if (cursor.getValuesCount() > order.keys().size()) {
      throw Errors.invalid("A cursor has more values than the query has sort fields.");
    }
    return cursor;
  }

  private static Optional<List<FieldPath>> projection(StructuredQuery query) {
    if (query.getSelect().getFieldsCount() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        query.getSelect().getFieldsList().stream()
            .map(field -> FieldPath.parse(field.getFieldPath()))
            .filter(path -> !path.isName())
            .toList());
  }

  /** What is answered of a document: only the fields asked for, or all. */
  public Document projected(Document document) {
    return projection.map(paths -> Fields.project(document, paths)).orElse(document);
  }
}
