package dev.in.emulator.firestore.api;

import static java.util.Objects.requireNonNull;

import com.google.firestore.v1.RunAggregationQueryRequest;
import com.google.firestore.v1.RunAggregationQueryResponse;
import com.google.firestore.v1.RunQueryRequest;
import com.google.firestore.v1.RunQueryResponse;
import com.google.firestore.v1.StructuredAggregationQuery;
import com.google.protobuf.Timestamp;
import dev.in.emulator.firestore.document.DocumentStore;
import dev.in.emulator.firestore.query.Counts;
import dev.in.emulator.firestore.query.QueryPlan;
import dev.in.emulator.firestore.query.QueryRunner;
import dev.in.emulator.firestore.value.Errors;
import dev.in.emulator.firestore.value.Micros;
import dev.in.emulator.firestore.value.ResourcePath;
import java.util.ArrayList;
import java.util.List;

/** Structured queries, and counting their results. */
public final class QueryReads {
  private final DocumentStore store;
  private final Usage usage;

  public QueryReads(DocumentStore store, Usage usage) {
    this.store = requireNonNull(store, "store is null");
    this.usage = requireNonNull(usage, "usage is null");
  }

  private record Answer(QueryRunner.Result result, long readMicros) {}

  private Answer read(QueryPlan plan) {
    return store.read(view -> new Answer(QueryRunner.run(plan, view), view.readMicros()));
  }

  List<RunQueryResponse> run(RunQueryRequest request) {
    Errors.checkNewest(request.getConsistencySelectorCase().getNumber());
    if (request.hasExplainOptions()) {
      throw Errors.unsupported("explain");
    }
    QueryPlan plan =
        QueryPlan.of(ResourcePath.parent(request.getParent()), request.getStructuredQuery());
    Answer answer = read(plan);
    usage.query(plan.collectionId(), answer.result().documents(), answer.result().skipped());
    return responses(plan, answer);
  }

  /** A result without documents still says when it was read and how many were skipped. */
  private static List<RunQueryResponse> responses(QueryPlan plan, Answer answer) {
    Timestamp readTime = Micros.timestamp(answer.readMicros());
    var responses = new ArrayList<RunQueryResponse>();
    if (answer.result().documents().isEmpty() || answer.result().skipped() > 0) {
      responses.add(
          RunQueryResponse.newBuilder()
              .setReadTime(readTime)
              .setSkippedResults(answer.result().skipped())
              .build());
    }
    answer.result().documents().stream()
        .map(plan::projected)
        .map(
            document ->
                RunQueryResponse.newBuilder().setDocument(document).setReadTime(readTime).build())
        .forEach(responses::add);
    return responses;
  }

  RunAggregationQueryResponse aggregate(RunAggregationQueryRequest request) {
    Errors.checkNewest(request.getConsistencySelectorCase().getNumber());
    if (request.hasExplainOptions()) {
      throw Errors.unsupported("explain");
    }
    StructuredAggregationQuery query = request.getStructuredAggregationQuery();
    QueryPlan plan =
        QueryPlan.of(ResourcePath.parent(request.getParent()), query.getStructuredQuery());
    Answer answer = read(plan);
    int found = answer.result().documents().size();
    usage.aggregation(plan.collectionId(), found + answer.result().skipped());
    return RunAggregationQueryResponse.newBuilder()
        .setResult(Counts.of(query.getAggregationsList(), found))
        .setReadTime(Micros.timestamp(answer.readMicros()))
        .build();
  }
}
