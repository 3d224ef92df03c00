package dev.in.emulator.firestore;

import com.google.firestore.v1.AggregationResult;
import com.google.firestore.v1.Document;
import com.google.firestore.v1.StructuredAggregationQuery.Aggregation;
import com.google.firestore.v1.Value;
import com.google.protobuf.NullValue;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Count, sum and average over a query's results. */
final class Aggregations {
  private static final int MAX_AGGREGATIONS = 5;

  private Aggregations() {}

  static AggregationResult of(List<Aggregation> wanted, List<Document> documents) {
    if (wanted.isEmpty() || wanted.size() > MAX_AGGREGATIONS) {
      throw Errors.invalid("A query takes one to %d aggregations.", MAX_AGGREGATIONS);
    }
    var aliases = new HashSet<String>();
    var result = AggregationResult.newBuilder();
    int unnamed = 0;
    for (Aggregation aggregation : wanted) {
      String alias =
          aggregation.getAlias().isEmpty() ? "field_" + ++unnamed : aggregation.getAlias();
      if (!aliases.add(alias)) {
        throw Errors.invalid("The aggregation alias \"%s\" is used twice.", alias);
      }
      result.putAggregateFields(alias, value(aggregation, documents));
    }
    return result.build();
  }

  private static Value value(Aggregation aggregation, List<Document> documents) {
    return switch (aggregation.getOperatorCase()) {
      case COUNT -> count(aggregation.getCount(), documents.size());
      case SUM -> sum(numbers(documents, aggregation.getSum().getField().getFieldPath()));
      case AVG -> average(numbers(documents, aggregation.getAvg().getField().getFieldPath()));
      case OPERATOR_NOT_SET -> throw Errors.invalid("An aggregation has no operator.");
    };
  }

  private static Value count(Aggregation.Count count, long documents) {
    return Numbers.integer(
        count.hasUpTo() ? Math.min(count.getUpTo().getValue(), documents) : documents);
  }

  private static List<Value> numbers(List<Document> documents, String field) {
    FieldPath path = FieldPath.parse(field);
    return documents.stream()
        .map(document -> Fields.get(document, path))
        .flatMap(Optional::stream)
        .filter(Numbers::isNumber)
        .toList();
  }

  /** An integer when all are integers and the sum fits, a double otherwise. */
  private static Value sum(List<Value> numbers) {
    if (numbers.stream().allMatch(Value::hasIntegerValue)) {
      BigInteger sum =
          numbers.stream()
              .map(number -> BigInteger.valueOf(number.getIntegerValue()))
              .reduce(BigInteger.ZERO, BigInteger::add);
      return sum.bitLength() < Long.SIZE
          ? Numbers.integer(sum.longValueExact())
          : Numbers.ofDouble(sum.doubleValue());
    }
    return Numbers.ofDouble(numbers.stream().mapToDouble(Numbers::toDouble).sum());
  }

  private static Value average(List<Value> numbers) {
    if (numbers.isEmpty()) {
      return Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build();
    }
    return Numbers.ofDouble(numbers.stream().mapToDouble(Numbers::toDouble).sum() / numbers.size());
  }
}
