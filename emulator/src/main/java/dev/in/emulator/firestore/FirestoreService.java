package dev.in.emulator.firestore;

import static java.util.Objects.requireNonNull;

import com.google.firestore.v1.BatchGetDocumentsRequest;
import com.google.firestore.v1.BatchGetDocumentsResponse;
import com.google.firestore.v1.BatchWriteRequest;
import com.google.firestore.v1.BatchWriteResponse;
import com.google.firestore.v1.BeginTransactionRequest;
import com.google.firestore.v1.BeginTransactionResponse;
import com.google.firestore.v1.CommitRequest;
import com.google.firestore.v1.CommitResponse;
import com.google.firestore.v1.CreateDocumentRequest;
import com.google.firestore.v1.DeleteDocumentRequest;
import com.google.firestore.v1.Document;
import com.google.firestore.v1.FirestoreGrpc.FirestoreImplBase;
import com.google.firestore.v1.GetDocumentRequest;
import com.google.firestore.v1.ListCollectionIdsRequest;
import com.google.firestore.v1.ListCollectionIdsResponse;
import com.google.firestore.v1.ListDocumentsRequest;
import com.google.firestore.v1.ListDocumentsResponse;
import com.google.firestore.v1.RollbackRequest;
import com.google.firestore.v1.RunAggregationQueryRequest;
import com.google.firestore.v1.RunAggregationQueryResponse;
import com.google.firestore.v1.RunQueryRequest;
import com.google.firestore.v1.RunQueryResponse;
import com.google.firestore.v1.UpdateDocumentRequest;
import com.google.protobuf.Empty;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.function.Supplier;

/**
 * {@code google.firestore.v1.Firestore}. What is not overridden here ({@code Listen}, {@code
 * Write}, {@code PartitionQuery}, {@code ExecutePipeline}) answers UNIMPLEMENTED.
 */
final class FirestoreService extends FirestoreImplBase {
  private final DocumentReads reads;
  private final QueryReads queries;
  private final DocumentWrites writes;

  FirestoreService(DocumentReads reads, QueryReads queries, DocumentWrites writes) {
    this.reads = requireNonNull(reads, "reads is null");
    this.queries = requireNonNull(queries, "queries is null");
    this.writes = requireNonNull(writes, "writes is null");
  }

  @Override
  public void getDocument(GetDocumentRequest request, StreamObserver<Document> observer) {
    answer(observer, () -> reads.get(request));
  }

  @Override
  public void batchGetDocuments(
      BatchGetDocumentsRequest request, StreamObserver<BatchGetDocumentsResponse> observer) {
    stream(observer, () -> reads.batchGet(request));
  }

  @Override
  public void listDocuments(
      ListDocumentsRequest request, StreamObserver<ListDocumentsResponse> observer) {
    answer(observer, () -> reads.list(request));
  }

  @Override
  public void listCollectionIds(
      ListCollectionIdsRequest request, StreamObserver<ListCollectionIdsResponse> observer) {
    answer(observer, () -> reads.listCollectionIds(request));
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
  public void createDocument(CreateDocumentRequest request, StreamObserver<Document> observer) {
    answer(observer, () -> writes.create(request));
  }

  @Override
  public void updateDocument(UpdateDocumentRequest request, StreamObserver<Document> observer) {
    answer(observer, () -> writes.update(request));
  }

  @Override
  public void deleteDocument(DeleteDocumentRequest request, StreamObserver<Empty> observer) {
    answer(observer, () -> writes.delete(request));
  }

  @Override
  public void commit(CommitRequest request, StreamObserver<CommitResponse> observer) {
    answer(observer, () -> writes.commit(request));
  }

  @Override
  public void batchWrite(BatchWriteRequest request, StreamObserver<BatchWriteResponse> observer) {
    answer(observer, () -> writes.batch(request));
  }

  @Override
  public void beginTransaction(
      BeginTransactionRequest request, StreamObserver<BeginTransactionResponse> observer) {
    answer(observer, () -> writes.begin(request));
  }

  @Override
  public void rollback(RollbackRequest request, StreamObserver<Empty> observer) {
    answer(observer, () -> writes.rollback(request));
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
