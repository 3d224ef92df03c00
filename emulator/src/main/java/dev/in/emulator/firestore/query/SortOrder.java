package dev.in.emulator.firestore.query;

import com.google.firestore.v1.Cursor;
import com.google.firestore.v1.Document;
import com.google.firestore.v1.Value;
import dev.in.emulator.firestore.value.FieldPath;
import dev.in.emulator.firestore.value.Fields;
import dev.in.emulator.firestore.value.ValueOrder;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The order of a query's results, and positions in it. */
record SortOrder(List<SortOrder.Key> keys) implements Comparator<Document> {

  SortOrder {
    keys = List.copyOf(keys);
  }

  /** One field to sort by. */
  record Key(FieldPath path, boolean descending) {
    private int compare(Value left, Value right) {
      int order = ValueOrder.INSTANCE.compare(left, right);
      return descending ? -order : order;
    }
  }

  /** A document without one of the sort fields is in no index, hence in no result. */
  boolean covers(Document document) {
    return keys.stream().allMatch(key -> Fields.get(document, key.path()).isPresent());
  }

  @Override
  public int compare(Document left, Document right) {
    for (Key key : keys) {
      int order = key.compare(value(left, key), value(right, key));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** Whether a document comes at or after the place that a start cursor names. */
  boolean isFrom(Optional<Cursor> start, Document document) {
    return start
        .map(
            cursor -> {
              int order = compareTo(cursor, document);
              return cursor.getBefore() ? order >= 0 : order > 0;
            })
        .orElse(true);
  }

  /** Whether a document comes before the place that an end cursor names, or at it. */
  boolean isUpTo(Optional<Cursor> end, Document document) {
    return end.map(
            cursor -> {
              int order = compareTo(cursor, document);
              return cursor.getBefore() ? order < 0 : order <= 0;
            })
        .orElse(true);
  }

  private int compareTo(Cursor cursor, Document document) {
    for (int i = 0; i < cursor.getValuesCount(); i++) {
      Key key = keys.get(i);
      int order = key.compare(value(document, key), cursor.getValues(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static Value value(Document document, Key key) {
    return Fields.get(document, key.path()).orElseThrow();
  }
}
