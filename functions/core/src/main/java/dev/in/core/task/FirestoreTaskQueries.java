package dev.in.core.task;

import static java.util.Objects.requireNonNull;

import com.google.cloud.firestore.CollectionReference;
import com.google.cloud.firestore.FieldPath;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.Query;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import com.google.cloud.firestore.QuerySnapshot;
import dev.in.core.failure.Await;
import dev.in.core.failure.Deadline;
import dev.in.core.failure.TransientFailure;
import dev.in.events.FailureCode;
import dev.in.events.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * Queries on two fields that only some documents have: {@code touched} while a task is unfinished,
 * {@code failureCode} once it has failed. Neither sends all writes to one end of its index: the
 * first begins with a shard, the second is the same for many documents, which are then ordered by
 * their random names.
 */
public final class FirestoreTaskQueries implements TaskQueries {
  private final Firestore firestore;

  public FirestoreTaskQueries(Firestore firestore) {
    this.firestore = requireNonNull(firestore, "firestore is null");
  }

  @Override
  public List<TaskRun> unfinished(Instant untouchedSince, int limit, Deadline deadline) {
    List<TaskRun> found = new ArrayList<>();
    int limitOfShard = Math.ceilDiv(limit, TaskFields.SHARDS);
    for (int shard = 0; shard < TaskFields.SHARDS; shard++) {
      Query query =
          tasks()
              .whereGreaterThanOrEqualTo(TaskFields.TOUCHED, shard + "/")
              .whereLessThan(TaskFields.TOUCHED, TaskFields.touchedKey(shard, untouchedSince))
              .orderBy(TaskFields.TOUCHED)
              .select("run")
              .limit(limitOfShard);
      for (QueryDocumentSnapshot document : run(query, deadline).getDocuments()) {
        found.add(new TaskRun(document.getId(), Math.toIntExact(document.getLong("run"))));
      }
    }
    return found;
  }

  @Override
  public Page failed(
      Optional<FailureCode> code, Optional<Cursor> after, int limit, Deadline deadline) {
    Query selected =
        code.map(value -> tasks().whereEqualTo(TaskFields.FAILURE_CODE, value.value()))
            .orElseGet(() -> tasks().whereGreaterThan(TaskFields.FAILURE_CODE, ""));
    Query ordered =
        selected.orderBy(TaskFields.FAILURE_CODE).orderBy(FieldPath.documentId()).limit(limit);
    Query page =
        after.map(cursor -> ordered.startAfter(cursor.code(), cursor.taskId())).orElse(ordered);
    List<FailedTask> tasks =
        run(page, deadline).getDocuments().stream()
            .map(document -> failedTask(document.getData()))
            .toList();
    Optional<Cursor> next =
        tasks.size() < limit
            ? Optional.empty()
            : Optional.of(new Cursor(tasks.getLast().code().value(), tasks.getLast().taskId()));
    return new Page(tasks, next);
  }

  @Override
  public boolean usesUpload(String owner, String uploadId, Deadline deadline) {
    // A tombstone has neither field.
    Query query =
        tasks()
            .whereEqualTo("owner", owner)
            .whereEqualTo("input.uploadId", uploadId)
            .select("run")
            .limit(1);
    return !run(query, deadline).isEmpty();
  }

  @Override
  public TaskState state(String taskId, Deadline deadline) {
    Map<String, Object> data;
    try {
      data = Await.answer(tasks().document(taskId).get(), deadline, "reading the task").getData();
    } catch (ExecutionException e) {
      throw new TransientFailure("the task cannot be read", e.getCause());
    }
    if (data == null) {
      return new TaskState.Unknown();
    }
    if (FirestoreTaskStore.isTombstone(data)) {
      return new TaskState.Deleted();
    }
    TaskDocument document = TaskFields.read(data);
    return document.status() == TaskStatus.FAILED
        ? new TaskState.Failed(failedTask(data))
        : new TaskState.NotFailed(document.status(), document.task().run());
  }

  private static FailedTask failedTask(Map<String, Object> data) {
    TaskDocument document = TaskFields.read(data);
    Stage stage = document.failedStage().orElseThrow();
    return new FailedTask(
        document.task().taskId(),
        document.task().run(),
        stage,
        document.stage(stage).error().orElseThrow().code(),
        document.updatedAt());
  }

  private QuerySnapshot run(Query query, Deadline deadline) {
    try {
      return Await.answer(query.get(), deadline, "searching tasks");
    } catch (ExecutionException e) {
      throw new TransientFailure("tasks cannot be searched", e.getCause());
    }
  }

  private CollectionReference tasks() {
    return firestore.collection("tasks");
  }
}
