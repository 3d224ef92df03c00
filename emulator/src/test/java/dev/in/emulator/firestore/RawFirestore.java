package dev.in.emulator.firestore;

import com.google.firestore.v1.BatchGetDocumentsRequest;
import com.google.firestore.v1.BatchGetDocumentsResponse;
import com.google.firestore.v1.CommitRequest;
import com.google.firestore.v1.CommitResponse;
import com.google.firestore.v1.Document;
import com.google.firestore.v1.DocumentMask;
import com.google.firestore.v1.FirestoreGrpc;
import com.google.firestore.v1.FirestoreGrpc.FirestoreBlockingStub;
import com.google.firestore.v1.Precondition;
import com.google.firestore.v1.Value;
import com.google.firestore.v1.Write;
import dev.in.emulator.firestore.value.Numbers;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The API without the client library, for calls that the library never makes. */
public final class RawFirestore implements AutoCloseable {
  public static final String DATABASE = "projects/in-local/databases/(default)";
  public static final String ROOT = DATABASE + "/documents";

  private final ManagedChannel channel;
  private final FirestoreBlockingStub calls;

  RawFirestore(int port) {
    channel = ManagedChannelBuilder.forAddress("localhost", port).usePlaintext().build();
    calls = FirestoreGrpc.newBlockingStub(channel);
  }

  FirestoreBlockingStub calls() {
    return calls;
  }

  ManagedChannel channel() {
    return channel;
  }

  CommitResponse commit(Write... writes) {
    return calls.commit(
        CommitRequest.newBuilder().setDatabase(DATABASE).addAllWrites(List.of(writes)).build());
  }

  /** A document by its path below the root. */
  Optional<Document> get(String path) {
    BatchGetDocumentsResponse response =
        calls
            .batchGetDocuments(
                BatchGetDocumentsRequest.newBuilder()
                    .setDatabase(DATABASE)
                    .addDocuments(ROOT + "/" + path)
                    .build())
            .next();
    return response.hasFound() ? Optional.of(response.getFound()) : Optional.empty();
  }

  public static Write set(String path, String field, Value value) {
    return Write.newBuilder().setUpdate(document(path, Map.of(field, value))).build();
  }

  public static Write update(String path, String field, Value value, Precondition guard) {
    return set(path, field, value).toBuilder()
        .setUpdateMask(DocumentMask.newBuilder().addFieldPaths(field))
        .setCurrentDocument(guard)
        .build();
  }

  public static Document document(String path, Map<String, Value> fields) {
    return Document.newBuilder().setName(ROOT + "/" + path).putAllFields(fields).build();
  }

  public static Value integer(long value) {
    return Numbers.integer(value);
  }

  public static Value text(String value) {
    return Value.newBuilder().setStringValue(value).build();
  }

  public static Status refusal(Runnable call) {
    try {
      call.run();
      throw new AssertionError("The call succeeded");
    } catch (StatusRuntimeException e) {
      return e.getStatus();
    }
  }

  public static Status.Code refusalCode(Runnable call) {
    return refusal(call).getCode();
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
