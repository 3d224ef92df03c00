package dev.in.emulator.firestore.api;

import static java.util.Objects.requireNonNull;

import com.google.firestore.v1.BatchGetDocumentsRequest;
import com.google.firestore.v1.BatchGetDocumentsResponse;
import com.google.firestore.v1.CommitRequest;
import com.google.firestore.v1.CommitResponse;
import com.google.firestore.v1.FirestoreGrpc.FirestoreImplBase;
import com.google.firestore.v1.RunAggregationQueryRequest;
import com.google.firestore.v1.RunAggregationQueryResponse;
import com.google.firestore.v1.RunQueryRequest;
import com.google.firestore.v1.RunQueryResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.function.Supplier;

/**
 * {@code google.firestore.v1.Firestore}: the calls that Google's clients make for documents by
 * name, commits and queries. What is not overridden here answers UNIMPLEMENTED.
 */
public final class FirestoreService extends FirestoreImplBase {
  private final DocumentReads reads;
  private final QueryReads queries;
  private final DocumentWrites writes;

  public FirestoreService(DocumentReads reads, QueryReads queries, DocumentWrites writes) {
    this.reads = requireNonNull(reads, "reads is null");
    this.queries = requireNonNull(queries, "queries is null");
    this.writes = requireNonNull(writes, "writes is null");
  }

  @Override
  public void batchGetDocuments(
      BatchGetDocumentsRequest request, StreamObserver<BatchGetDocumentsResponse> observer) {
    stream(observer, () -> reads.batchGet(request));
  }

  @Override
  public void runQuery(RunQueryRequest request, StreamObserver<RunQueryResponse> observer) {
    stream(observer, () -> queries.run(request));
  }

  @Override
  public void runAggregationQuery(
      RunAggregationQueryRequest request, StreamObserver<RunAggregationQueryResponse> observer) {
    answer(observer, () -> queries.aggregate(request));
  }

  @Override
  public void commit(CommitRequest request, StreamObserver<CommitResponse> observer) {
    answer(observer, () -> writes.commit(request));
  }

  /** The whole answer is worked out first, so that a refusal is never preceded by half of it. */
  private static <T> void answer(StreamObserver<T> observer, Supplier<T> call) {
    stream(observer, () -> List.of(call.get()));
  }

  private static <T> void stream(StreamObserver<T> observer, Supplier<List<T>> call) {
    call.get().forEach(observer::onNext);
    observer.onCompleted();
  }
}
