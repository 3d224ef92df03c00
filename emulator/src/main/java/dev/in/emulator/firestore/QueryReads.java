package dev.in.emulator.firestore;

import static java.util.Objects.requireNonNull;

import com.google.firestore.v1.RunAggregationQueryRequest;
import com.google.firestore.v1.RunAggregationQueryResponse;
import com.google.firestore.v1.RunQueryRequest;
import com.google.firestore.v1.RunQueryResponse;
import com.google.firestore.v1.StructuredAggregationQuery;
import com.google.protobuf.Timestamp;
import java.util.ArrayList;
import java.util.List;

/** Structured queries and aggregations. */
final class QueryReads {
  private final Database database;
  private final ReadScopes scopes;
  private final Usage usage;

  QueryReads(Database database, ReadScopes scopes, Usage usage) {
    this.database = requireNonNull(database, "database is null");
    this.scopes = requireNonNull(scopes, "scopes is null");
    this.usage = requireNonNull(usage, "usage is null");
  }

  private record Answer(QueryRunner.Result result, long readMicros) {}

  private Answer read(QueryPlan plan, ReadScope scope) {
    return database.read(
        scope, plan.locks(), view -> new Answer(QueryRunner.run(plan, view), view.readMicros()));
  }

  List<RunQueryResponse> run(RunQueryRequest request) {
    if (request.hasExplainOptions()) {
      throw Errors.uncovered("explain");
    }
    QueryPlan plan =
        QueryPlan.of(ResourcePath.parent(request.getParent()), request.getStructuredQuery());
    ReadScope scope = scopes.of(request);
    Answer answer = read(plan, scope);
    usage.query(plan, answer.result().documents(), answer.result().skipped());
    return responses(plan, scope, answer);
  }

  /** A result without documents still says when it was read and how many were skipped. */
  private static List<RunQueryResponse> responses(QueryPlan plan, ReadScope scope, Answer answer) {
    Timestamp readTime = Micros.timestamp(answer.readMicros());
    var responses = new ArrayList<RunQueryResponse>();
    if (scope.begun()) {
      responses.add(RunQueryResponse.newBuilder().setTransaction(scope.announcement()).build());
    }
    if (answer.result().documents().isEmpty() || answer.result().skipped() > 0) {
      responses.add(
          RunQueryResponse.newBuilder()
              .setReadTime(readTime)
              .setSkippedResults(answer.result().skipped())
              .build());
    }
    answer.result().documents().stream()
        .map(document -> QueryRunner.projected(document, plan.projection()))
        .map(
            document ->
                RunQueryResponse.newBuilder().setDocument(document).setReadTime(readTime).build())
        .forEach(responses::add);
    return responses;
  }

  RunAggregationQueryResponse aggregate(RunAggregationQueryRequest request) {
    if (request.hasExplainOptions()) {
      throw Errors.uncovered("explain");
    }
    StructuredAggregationQuery query = request.getStructuredAggregationQuery();
    QueryPlan plan =
        QueryPlan.of(ResourcePath.parent(request.getParent()), query.getStructuredQuery());
    ReadScope scope = scopes.of(request);
    Answer answer = read(plan, scope);
    int found = answer.result().documents().size();
    usage.aggregation(plan, found + answer.result().skipped());
    return RunAggregationQueryResponse.newBuilder()
        .setResult(Aggregations.of(query.getAggregationsList(), answer.result().documents()))
        .setReadTime(Micros.timestamp(answer.readMicros()))
        .setTransaction(scope.announcement())
        .build();
  }
}
