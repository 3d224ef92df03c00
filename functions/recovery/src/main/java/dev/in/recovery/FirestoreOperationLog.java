package dev.in.recovery;

import static java.util.Objects.requireNonNull;

import com.google.api.gax.rpc.AlreadyExistsException;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.CollectionReference;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import dev.in.core.engine.TaskRecovery.Result;
import dev.in.core.failure.Await;
import dev.in.core.failure.Deadline;
import dev.in.core.failure.TransientFailure;
import dev.in.events.EventType;
import dev.in.topology.Topology;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;

/** In Firestore, for as long as task documents live. */
@ApplicationScoped
class FirestoreOperationLog implements OperationLog {
  private final Firestore firestore;
  private final Topology topology;

  FirestoreOperationLog(Firestore firestore, Topology topology) {
    this.firestore = requireNonNull(firestore, "firestore is null");
    this.topology = requireNonNull(topology, "topology is null");
  }

  /** Without a field {@code operationId}, by which its tasks are found. */
  @Override
  public boolean begin(Operation operation, Deadline deadline) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("command", operation.command().wireName());
    fields.put("account", operation.account());
    fields.put("requestedBy", operation.requestedBy());
    fields.put("requestedAt", timestamp(operation.requestedAt()));
    fields.put("selection", operation.selection());
    fields.put("tasks", operation.tasks());
    fields.put("expiresAt", expiry(operation.requestedAt()));
    try {
      Await.answer(
          operations().document(operation.operationId()).create(fields),
          deadline,
          "recording the operation");
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AlreadyExistsException) {
        Operation known = operation(operation.operationId(), deadline).orElse(operation);
        return known.command() == operation.command() && known.tasks().equals(operation.tasks());
      }
      throw new TransientFailure("the operation cannot be recorded", e.getCause());
    }
  }

  @Override
  @SuppressWarnings("unchecked") // as begin wrote it
  public Optional<Operation> operation(String operationId, Deadline deadline) {
    try {
      DocumentSnapshot found =
          Await.answer(operations().document(operationId).get(), deadline, "reading the operation");
      if (!found.exists()) {
        return Optional.empty();
      }
      return Optional.of(
          new Operation(
              operationId,
              EventType.fromWire(found.getString("command")).orElseThrow(),
              found.getString("account"),
              found.getString("requestedBy"),
              found.getTimestamp("requestedAt").toSqlTimestamp().toInstant(),
              (Map<String, String>) found.get("selection"),
              (List<String>) found.get("tasks")));
    } catch (ExecutionException e) {
      throw new TransientFailure("the operation cannot be read", e.getCause());
    }
  }

  /** The first execution says what was done; a repeat would only say that it was done before. */
  @Override
  public void record(Entry entry, Deadline deadline) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("operationId", entry.operationId());
    fields.put("taskId", entry.taskId());
    fields.put("run", entry.run());
    fields.put("command", entry.command().wireName());
    fields.put("result", entry.result().name().toLowerCase(Locale.ROOT));
    fields.put("executedAt", timestamp(entry.at()));
    fields.put("expiresAt", expiry(entry.at()));
    DocumentReference document = operations().document(entry.operationId() + "." + entry.taskId());
    try {
      if (!Await.answer(document.get(), deadline, "reading the operation").exists()) {
        Await.answer(document.set(fields), deadline, "recording the operation");
      }
    } catch (ExecutionException e) {
      throw new TransientFailure("the operation cannot be recorded", e.getCause());
    }
  }

  @Override
  public Map<String, Result> results(String operationId, Deadline deadline) {
    Map<String, Result> results = new TreeMap<>();
    try {
      for (QueryDocumentSnapshot task :
          Await.answer(
                  operations()
                      .whereEqualTo("operationId", operationId)
                      .select("taskId", "result")
                      .get(),
                  deadline,
                  "reading the operation")
              .getDocuments()) {
        results.put(
            task.getString("taskId"),
            Result.valueOf(task.getString("result").toUpperCase(Locale.ROOT)));
      }
      return results;
    } catch (ExecutionException e) {
      throw new TransientFailure("the operation cannot be read", e.getCause());
    }
  }

  private CollectionReference operations() {
    return firestore.collection("operations");
  }

  private Timestamp expiry(Instant from) {
    return timestamp(from.plus(topology.clocks().documentTtl()));
  }

  private static Timestamp timestamp(Instant instant) {
    return Timestamp.ofTimeSecondsAndNanos(instant.getEpochSecond(), instant.getNano());
  }
}
