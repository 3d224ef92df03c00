package dev.in.emulator.firestore.api;

import static java.util.Objects.requireNonNull;

import com.google.firestore.v1.CommitRequest;
import com.google.firestore.v1.CommitResponse;
import com.google.firestore.v1.DeleteDocumentRequest;
import com.google.firestore.v1.Document;
import com.google.firestore.v1.UpdateDocumentRequest;
import com.google.firestore.v1.Write;
import dev.in.emulator.firestore.document.DocumentStore;
import dev.in.emulator.firestore.document.Writes;
import dev.in.emulator.firestore.value.Errors;
import dev.in.emulator.firestore.value.Micros;
import dev.in.emulator.firestore.value.ResourcePath;
import java.util.List;

/** Changing documents. */
public final class DocumentWrites {
  private final DocumentStore store;
  private final Usage usage;

  public DocumentWrites(DocumentStore store, Usage usage) {
    this.store = requireNonNull(store, "store is null");
    this.usage = requireNonNull(usage, "usage is null");
  }

  CommitResponse commit(CommitRequest request) {
    if (!request.getTransaction().isEmpty()) {
      throw Errors.unsupported("transactions");
    }
    ResourcePath root = ResourcePath.database(request.getDatabase());
    request.getWritesList().forEach(write -> DocumentReads.checkInside(root, Writes.target(write)));
    DocumentStore.Commit commit = commit(request.getWritesList());
    return CommitResponse.newBuilder()
        .setCommitTime(Micros.timestamp(commit.commitMicros()))
        .addAllWriteResults(commit.results())
        .build();
  }

  /** Applies the writes, all or none. */
  public DocumentStore.Commit commit(List<Write> writes) {
    DocumentStore.Commit commit = store.commit(writes);
    usage.writes(writes);
    return commit;
  }

  Document update(UpdateDocumentRequest request) {
    var write =
        Write.newBuilder()
            .setUpdate(request.getDocument())
            .setCurrentDocument(request.getCurrentDocument());
    if (request.hasUpdateMask()) {
      write.setUpdateMask(request.getUpdateMask());
    }
    return commit(List.of(write.build())).outcomes().getFirst().document().orElseThrow();
  }

  void delete(DeleteDocumentRequest request) {
    commit(
        List.of(
            Write.newBuilder()
                .setDelete(request.getName())
                .setCurrentDocument(request.getCurrentDocument())
                .build()));
  }
}
