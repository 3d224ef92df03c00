package dev.in.emulator.firestore.query;

import com.google.firestore.v1.AggregationResult;
import com.google.firestore.v1.StructuredAggregationQuery.Aggregation;
import dev.in.emulator.firestore.value.Errors;
import dev.in.emulator.firestore.value.Numbers;
import java.util.HashSet;
import java.util.List;

/** The number of a query's results, which is the one aggregation that is covered. */
public final class Counts {
  private static final int MAX_AGGREGATIONS = 5;

  private Counts() {}

  public static AggregationResult of(List<Aggregation> wanted, long documents) {
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
      result.putAggregateFields(alias, Numbers.integer(count(aggregation, documents)));
    }
    return result.build();
  }

  private static long count(Aggregation aggregation, long documents) {
    return switch (aggregation.getOperatorCase()) {
      case COUNT ->
          aggregation.getCount().hasUpTo()
              ? Math.min(aggregation.getCount().getUpTo().getValue(), documents)
              : documents;
      case SUM, AVG -> throw Errors.unsupported("the aggregations sum and average");
      case OPERATOR_NOT_SET -> throw Errors.invalid("An aggregation has no operator.");
    };
  }
}
