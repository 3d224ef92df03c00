package dev.in.core.task;

import static java.util.Objects.requireNonNull;

import com.google.api.core.ApiFuture;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode.Code;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.FieldValue;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.Precondition;
import com.google.cloud.firestore.WriteResult;
import dev.in.core.failure.Await;
import dev.in.core.failure.Deadline;
import dev.in.core.failure.TransientFailure;
import dev.in.events.Stage;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/**
 * Task documents in Firestore. Reads and guarded writes without transactions: a transaction would
 * not hand out the write's update time, and takes locks.
 */
public final class FirestoreTaskStore implements TaskStore {
  private static final String DELETED = "deleted";

  private final Firestore firestore;

  public FirestoreTaskStore(Firestore firestore) {
    this.firestore = requireNonNull(firestore, "firestore is null");
  }

  @Override
  public Optional<StoredTask> create(TaskDocument document, Deadline deadline) {
    return guarded(
        reference(document.task().taskId()).create(TaskFields.write(document)),
        document,
        Set.of(Code.ALREADY_EXISTS),
        deadline);
  }

  @Override
  public Optional<StoredTask> read(String taskId, Deadline deadline) {
    try {
      DocumentSnapshot snapshot =
          Await.answer(reference(taskId).get(), deadline, "reading the task");
      return Optional.ofNullable(snapshot.getData())
          .filter(data -> !isTombstone(data))
          .map(
              data ->
                  new StoredTask(TaskFields.read(data), new UpdateTime(snapshot.getUpdateTime())));
    } catch (ExecutionException e) {
      throw new TransientFailure("the task cannot be read", e.getCause());
    }
  }

  @Override
  public Optional<StoredTask> update(
      StoredTask before, TaskDocument after, Stage changed, Deadline deadline) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("status", after.status().wireName());
    fields.put("run", after.task().run());
    fields.put("runStartedAt", TaskFields.timestamp(after.runStartedAt()));
    fields.put("updatedAt", TaskFields.timestamp(after.updatedAt()));
    fields.put(TaskFields.FAILURE_CODE, orDelete(TaskFields.failureCode(after)));
    fields.put(TaskFields.TOUCHED, orDelete(TaskFields.touched(after)));
    fields.put("stages." + changed.wireName(), TaskFields.writeStage(after.stage(changed)));
    UpdateTime guard = (UpdateTime) before.version();
    return guarded(
        reference(after.task().taskId()).update(fields, Precondition.updatedAt(guard.time())),
        after,
        Set.of(Code.FAILED_PRECONDITION, Code.NOT_FOUND),
        deadline);
  }

  private static Object orDelete(Optional<String> value) {
    return value.<Object>map(text -> text).orElseGet(FieldValue::delete);
  }

  @Override
  public void delete(String taskId, Instant expiresAt, Deadline deadline) {
    Map<String, Object> tombstone =
        Map.of("taskId", taskId, "status", DELETED, "expiresAt", TaskFields.timestamp(expiresAt));
    try {
      Await.answer(reference(taskId).set(tombstone), deadline, "deleting the task");
    } catch (ExecutionException e) {
      throw new TransientFailure("the task cannot be deleted", e.getCause());
    }
  }

  /** Whether that is what {@link #delete} has left of a task. */
  static boolean isTombstone(Map<String, Object> data) {
    return DELETED.equals(data.get("status"));
  }

  private Optional<StoredTask> guarded(
      ApiFuture<WriteResult> write, TaskDocument document, Set<Code> refusals, Deadline deadline) {
    try {
      WriteResult result = Await.answer(write, deadline, "writing the task");
      return Optional.of(new StoredTask(document, new UpdateTime(result.getUpdateTime())));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ApiException refused
          && refusals.contains(refused.getStatusCode().getCode())) {
        return Optional.empty();
      }
      throw new TransientFailure("the task cannot be written", e.getCause());
    }
  }

  private DocumentReference reference(String taskId) {
    return firestore.collection("tasks").document(taskId);
  }

  private record UpdateTime(Timestamp time) implements StoredTask.Version {}
}
