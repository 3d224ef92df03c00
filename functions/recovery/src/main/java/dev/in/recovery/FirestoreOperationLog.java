package dev.in.recovery;

import static java.util.Objects.requireNonNull;

import com.google.cloud.Timestamp;
import com.google.cloud.firestore.CollectionReference;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import dev.in.core.engine.TaskRecovery.Result;
import dev.in.core.failure.Await;
import dev.in.core.failure.Deadline;
import dev.in.core.failure.TransientFailure;
import dev.in.topology.Topology;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
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
    fields.put("expiresAt", timestamp(entry.at().plus(topology.clocks().documentTtl())));
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
  public Map<Result, Long> results(String operationId, Deadline deadline) {
    Map<Result, Long> results = new EnumMap<>(Result.class);
    try {
      for (QueryDocumentSnapshot task :
          Await.answer(
                  operations().whereEqualTo("operationId", operationId).select("result").get(),
                  deadline,
                  "reading the operation")
              .getDocuments()) {
        results.merge(
            Result.valueOf(task.getString("result").toUpperCase(Locale.ROOT)), 1L, Long::sum);
      }
      return results;
    } catch (ExecutionException e) {
      throw new TransientFailure("the operation cannot be read", e.getCause());
    }
  }

  private CollectionReference operations() {
    return firestore.collection("operations");
  }

  private static Timestamp timestamp(Instant instant) {
    return Timestamp.ofTimeSecondsAndNanos(instant.getEpochSecond(), instant.getNano());
  }
}
