package dev.in.emulator.firestore.query;

import com.google.firestore.v1.Document;
import com.google.firestore.v1.StructuredQuery.CompositeFilter;
import com.google.firestore.v1.StructuredQuery.FieldFilter;
import com.google.firestore.v1.StructuredQuery.Filter;
import com.google.firestore.v1.StructuredQuery.UnaryFilter;
import com.google.firestore.v1.Value;
import dev.in.emulator.firestore.value.Errors;
import dev.in.emulator.firestore.value.FieldPath;
import dev.in.emulator.firestore.value.Fields;
import dev.in.emulator.firestore.value.Utf8Order;
import dev.in.emulator.firestore.value.ValueOrder;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The {@code where} of a query, as a predicate on documents. */
final class QueryFilter {
  private static final int MAX_DISJUNCTIONS = 30;
  private static final int MAX_NOT_IN = 10;

  private QueryFilter() {}

  static Predicate<Document> compile(Filter filter) {
    return switch (filter.getFilterTypeCase()) {
      case COMPOSITE_FILTER -> composite(filter.getCompositeFilter());
      case FIELD_FILTER -> field(filter.getFieldFilter());
      case UNARY_FILTER -> unary(filter.getUnaryFilter());
      case FILTERTYPE_NOT_SET -> throw Errors.invalid("A filter has no type.");
    };
  }

  private static Predicate<Document> composite(CompositeFilter filter) {
    List<Predicate<Document>> parts =
        filter.getFiltersList().stream().map(QueryFilter::compile).toList();
    if (parts.isEmpty()) {
      throw Errors.invalid("A composite filter needs at least one filter.");
    }
    return switch (filter.getOp()) {
      case AND -> document -> parts.stream().allMatch(part -> part.test(document));
      case OR -> document -> parts.stream().anyMatch(part -> part.test(document));
      case OPERATOR_UNSPECIFIED, UNRECOGNIZED ->
          throw Errors.invalid("A composite filter has no operator.");
    };
  }

  private static Predicate<Document> field(FieldFilter filter) {
    Predicate<Value> test = test(filter);
    FieldPath path = FieldPath.parse(filter.getField().getFieldPath());
    return document -> Fields.get(document, path).filter(test).isPresent();
  }

  private static Predicate<Value> test(FieldFilter filter) {
    Value operand = filter.getValue();
    ValueOrder.Kind kind = ValueOrder.kind(operand);
    ValueOrder order = ValueOrder.INSTANCE;
    return switch (filter.getOp()) {
      case EQUAL -> value -> ValueOrder.same(value, operand);
      case NOT_EQUAL -> value -> !value.hasNullValue() && !ValueOrder.same(value, operand);
      case LESS_THAN -> value -> comparable(value, operand) && order.compare(value, operand) < 0;
      case LESS_THAN_OR_EQUAL ->
          value -> comparable(value, operand) && order.compare(value, operand) <= 0;
      case GREATER_THAN -> value -> comparable(value, operand) && order.compare(value, operand) > 0;
      case GREATER_THAN_OR_EQUAL ->
          value -> comparable(value, operand) && order.compare(value, operand) >= 0;
      case ARRAY_CONTAINS -> value -> containsSame(elements(value), operand);
      case IN -> {
        List<Value> wanted = list(kind, operand, "IN", MAX_DISJUNCTIONS);
        yield value -> containsSame(wanted, value);
      }
      case ARRAY_CONTAINS_ANY -> {
        List<Value> wanted = list(kind, operand, "ARRAY_CONTAINS_ANY", MAX_DISJUNCTIONS);
        yield value -> wanted.stream().anyMatch(one -> containsSame(elements(value), one));
      }
      case NOT_IN -> {
        List<Value> unwanted = list(kind, operand, "NOT_IN", MAX_NOT_IN);
        // A null in the list matches nothing, as in SQL.
        yield unwanted.stream().anyMatch(Value::hasNullValue)
            ? value -> false
            : value -> !value.hasNullValue() && !containsSame(unwanted, value);
      }
      case OPERATOR_UNSPECIFIED, UNRECOGNIZED ->
          throw Errors.invalid("A field filter has no operator.");
    };
  }

  private static List<Value> list(
      ValueOrder.Kind kind, Value operand, String operator, int maximum) {
    int size = operand.getArrayValue().getValuesCount();
    if (kind != ValueOrder.Kind.ARRAY || size == 0) {
      throw Errors.invalid("'%s' requires a non-empty ArrayValue.", operator);
    }
    if (size > maximum) {
      throw Errors.invalid("'%s' supports up to %d comparison values.", operator, maximum);
    }
    return operand.getArrayValue().getValuesList();
  }

  /** Inequalities look at values of the operand's kind only, and NaN is beside all numbers. */
  private static boolean comparable(Value value, Value operand) {
    return ValueOrder.kind(value) == ValueOrder.kind(operand)
        && ValueOrder.isNaN(value) == ValueOrder.isNaN(operand);
  }

  private static List<Value> elements(Value value) {
    return value.getArrayValue().getValuesList();
  }

  private static boolean containsSame(List<Value> values, Value wanted) {
    return values.stream().anyMatch(value -> ValueOrder.same(value, wanted));
  }

  private static Predicate<Document> unary(UnaryFilter filter) {
    Predicate<Value> test =
        switch (filter.getOp()) {
          case IS_NULL -> Value::hasNullValue;
          case IS_NOT_NULL -> value -> !value.hasNullValue();
          case IS_NAN -> ValueOrder::isNaN;
          case IS_NOT_NAN -> value -> !value.hasNullValue() && !ValueOrder.isNaN(value);
          case OPERATOR_UNSPECIFIED, UNRECOGNIZED ->
              throw Errors.invalid("A unary filter has no operator.");
        };
    FieldPath path = FieldPath.parse(filter.getField().getFieldPath());
    return document -> Fields.get(document, path).filter(test).isPresent();
  }

  /** The fields by which the results must be sorted, in their implied order. */
  static SortedSet<FieldPath> inequalityFields(Filter filter) {
    var fields =
        new TreeSet<FieldPath>(
            (left, right) -> Utf8Order.INSTANCE.compare(left.toString(), right.toString()));
    collectInequalities(filter, fields);
    return fields;
  }

  private static void collectInequalities(Filter filter, SortedSet<FieldPath> fields) {
    filter.getCompositeFilter().getFiltersList().forEach(part -> collectInequalities(part, fields));
    inequalityField(filter).map(FieldPath::parse).ifPresent(fields::add);
  }

  private static Optional<String> inequalityField(Filter filter) {
    FieldFilter field = filter.getFieldFilter();
    UnaryFilter unary = filter.getUnaryFilter();
    boolean byField =
        switch (field.getOp()) {
          case LESS_THAN,
              LESS_THAN_OR_EQUAL,
              GREATER_THAN,
              GREATER_THAN_OR_EQUAL,
              NOT_EQUAL,
              NOT_IN ->
              true;
          case EQUAL, IN, ARRAY_CONTAINS, ARRAY_CONTAINS_ANY, OPERATOR_UNSPECIFIED, UNRECOGNIZED ->
              false;
        };
    boolean byUnary =
        switch (unary.getOp()) {
          case IS_NOT_NULL, IS_NOT_NAN -> true;
          case IS_NULL, IS_NAN, OPERATOR_UNSPECIFIED, UNRECOGNIZED -> false;
        };
    return byField
        ? Optional.of(field.getField().getFieldPath())
        : byUnary ? Optional.of(unary.getField().getFieldPath()) : Optional.empty();
  }
}
