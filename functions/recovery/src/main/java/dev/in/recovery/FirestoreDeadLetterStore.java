package dev.in.recovery;

import static java.util.Objects.requireNonNull;

import com.google.cloud.Timestamp;
import com.google.cloud.firestore.Blob;
import com.google.cloud.firestore.CollectionReference;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import dev.in.core.failure.Await;
import dev.in.core.failure.Deadline;
import dev.in.core.failure.TransientFailure;
import dev.in.topology.Topology;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** In Firestore, for as long as task documents live. */
@ApplicationScoped
class FirestoreDeadLetterStore implements DeadLetterStore {
  /** A document takes 1 MiB; Pub/Sub carries ten times as much. */
  private static final int MAX_DATA_BYTES = 512 << 10;

  private final Firestore firestore;
  private final Topology topology;

  FirestoreDeadLetterStore(Firestore firestore, Topology topology) {
    this.firestore = requireNonNull(firestore, "firestore is null");
    this.topology = requireNonNull(topology, "topology is null");
  }

  @Override
  public void record(DeadLetter letter, String done, Instant now, Deadline deadline) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("subscription", letter.subscription());
    letter.reason().ifPresent(reason -> fields.put("reason", reason));
    letter.attempts().ifPresent(attempts -> fields.put("attempts", attempts));
    letter
        .event()
        .ifPresent(
            event -> {
              fields.put("eventId", event.eventId().toString());
              fields.put("eventType", event.eventType());
              fields.put("taskId", event.taskId());
              fields.put("run", event.run());
            });
    fields.put("attributes", letter.attributes());
    byte[] data = letter.data();
    fields.put("data", Blob.fromBytes(Arrays.copyOf(data, Math.min(data.length, MAX_DATA_BYTES))));
    fields.put("sizeBytes", data.length);
    fields.put("done", done);
    fields.put("recordedAt", timestamp(now));
    fields.put("expiresAt", timestamp(now.plus(topology.clocks().documentTtl())));
    try {
      Await.answer(
          letters().document(letter.id()).set(fields), deadline, "recording the dead letter");
    } catch (ExecutionException e) {
      throw new TransientFailure("the dead letter cannot be recorded", e.getCause());
    }
  }

  @Override
  public List<Recorded> recorded(int limit, Deadline deadline) {
    try {
      return Await.answer(letters().limit(limit).get(), deadline, "reading the dead letters")
          .getDocuments()
          .stream()
          .map(FirestoreDeadLetterStore::read)
          .toList();
    } catch (ExecutionException e) {
      throw new TransientFailure("the dead letters cannot be read", e.getCause());
    }
  }

  private static Recorded read(QueryDocumentSnapshot letter) {
    return new Recorded(
        letter.getId(),
        letter.getString("subscription"),
        Optional.ofNullable(letter.getString("reason")),
        Optional.ofNullable(letter.getString("eventType")),
        Optional.ofNullable(letter.getString("taskId")),
        letter.getString("done"),
        letter.getTimestamp("recordedAt").toSqlTimestamp().toInstant());
  }

  @Override
  public void remove(String id, Deadline deadline) {
    try {
      Await.answer(letters().document(id).delete(), deadline, "removing the dead letter");
    } catch (ExecutionException e) {
      throw new TransientFailure("the dead letter cannot be removed", e.getCause());
    }
  }

  @Override
  public void removeTask(String taskId, Deadline deadline) {
    try {
      for (QueryDocumentSnapshot letter :
          Await.answer(
              letters().whereEqualTo("taskId", taskId).select("taskId").get(),
              deadline,
              "reading the task's dead letters")) {
        remove(letter.getId(), deadline);
      }
    } catch (ExecutionException e) {
      throw new TransientFailure("the task's dead letters cannot be read", e.getCause());
    }
  }

  private CollectionReference letters() {
    return firestore.collection("deadLetters");
  }

  private static Timestamp timestamp(Instant instant) {
    return Timestamp.ofTimeSecondsAndNanos(instant.getEpochSecond(), instant.getNano());
  }
}
