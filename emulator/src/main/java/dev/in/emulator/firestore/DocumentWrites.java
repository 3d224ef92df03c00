package dev.in.emulator.firestore;

import static java.util.Objects.requireNonNull;

import com.google.firestore.v1.BatchWriteRequest;
import com.google.firestore.v1.BatchWriteResponse;
import com.google.firestore.v1.BeginTransactionRequest;
import com.google.firestore.v1.BeginTransactionResponse;
import com.google.firestore.v1.CommitRequest;
import com.google.firestore.v1.CommitResponse;
import com.google.firestore.v1.CreateDocumentRequest;
import com.google.firestore.v1.DeleteDocumentRequest;
import com.google.firestore.v1.Document;
import com.google.firestore.v1.Precondition;
import com.google.firestore.v1.RollbackRequest;
import com.google.firestore.v1.UpdateDocumentRequest;
import com.google.firestore.v1.Write;
import com.google.firestore.v1.WriteResult;
import com.google.protobuf.Empty;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;

/** Changing documents, and beginning and ending transactions. */
final class DocumentWrites {
  private static final int MAX_BATCH = 500;

  private final Database database;
  private final Transactions transactions;
  private final Usage usage;

  DocumentWrites(Database database, Transactions transactions, Usage usage) {
    this.database = requireNonNull(database, "database is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.usage = requireNonNull(usage, "usage is null");
  }

  CommitResponse commit(CommitRequest request) {
    checkInside(request.getDatabase(), request.getWritesList());
    DocumentStore.Commit commit =
        request.getTransaction().isEmpty()
            ? database.commit(request.getWritesList())
            : database.commit(request.getTransaction(), request.getWritesList());
    usage.writes(request.getWritesList());
    return CommitResponse.newBuilder()
        .setCommitTime(Micros.timestamp(commit.commitMicros()))
        .addAllWriteResults(commit.results())
        .build();
  }

  /** Each write succeeds or fails for itself. */
  BatchWriteResponse batch(BatchWriteRequest request) {
    List<Write> writes = request.getWritesList();
    checkInside(request.getDatabase(), writes);
    if (writes.size() > MAX_BATCH) {
      throw Errors.invalid("Maximum %d writes allowed per request.", MAX_BATCH);
    }
    var names = new HashSet<ResourcePath>();
    for (Write write : writes) {
      if (!names.add(Writes.target(write))) {
        throw Errors.invalid(
            "A batch write may write a document only once: %s", Writes.target(write));
      }
    }
    var response = BatchWriteResponse.newBuilder();
    for (Write write : writes) {
      try {
        response.addWriteResults(commitOne(write)).addStatus(Status.getDefaultInstance());
      } catch (StatusRuntimeException refusal) {
        response.addWriteResults(WriteResult.getDefaultInstance()).addStatus(status(refusal));
      }
    }
    return response.build();
  }

  private static Status status(StatusRuntimeException refusal) {
    return Status.newBuilder()
        .setCode(refusal.getStatus().getCode().value())
        .setMessage(refusal.getStatus().getDescription())
        .build();
  }

  private WriteResult commitOne(Write write) {
    DocumentStore.Commit commit = database.commit(List.of(write));
    usage.writes(List.of(write));
    return commit.results().getFirst();
  }

  Document create(CreateDocumentRequest request) {
    ResourcePath.checkId(request.getCollectionId());
    String id = request.getDocumentId().isEmpty() ? newId() : request.getDocumentId();
    ResourcePath.checkId(id);
    ResourcePath name =
        ResourcePath.parent(request.getParent()).child(request.getCollectionId()).child(id);
    Write write =
        Write.newBuilder()
            .setUpdate(request.getDocument().toBuilder().setName(name.toString()))
            .setCurrentDocument(Precondition.newBuilder().setExists(false))
            .build();
    Document document = write(write);
    return DocumentReads.mask(request.hasMask(), request.getMask()).apply(document);
  }

  private static String newId() {
    return UUID.randomUUID().toString().replace("-", "").substring(0, 20);
  }

  Document update(UpdateDocumentRequest request) {
    var write =
        Write.newBuilder()
            .setUpdate(request.getDocument())
            .setCurrentDocument(request.getCurrentDocument());
    if (request.hasUpdateMask()) {
      write.setUpdateMask(request.getUpdateMask());
    }
    Document document = write(write.build());
    return DocumentReads.mask(request.hasMask(), request.getMask()).apply(document);
  }

  private Document write(Write write) {
    DocumentStore.Commit commit = database.commit(List.of(write));
    usage.writes(List.of(write));
    return commit.outcomes().getFirst().document().orElseThrow();
  }

  Empty delete(DeleteDocumentRequest request) {
    commitOne(
        Write.newBuilder()
            .setDelete(request.getName())
            .setCurrentDocument(request.getCurrentDocument())
            .build());
    return Empty.getDefaultInstance();
  }

  BeginTransactionResponse begin(BeginTransactionRequest request) {
    ResourcePath.database(request.getDatabase());
    return BeginTransactionResponse.newBuilder()
        .setTransaction(transactions.begin(request.getOptions()).id())
        .build();
  }

  Empty rollback(RollbackRequest request) {
    ResourcePath.database(request.getDatabase());
    transactions.rolledBack(request.getTransaction());
    return Empty.getDefaultInstance();
  }

  private static void checkInside(String databaseName, List<Write> writes) {
    ResourcePath root = ResourcePath.database(databaseName);
    writes.forEach(write -> DocumentReads.checkInside(root, Writes.target(write)));
  }
}
