package dev.in.recovery;

import static java.util.Objects.requireNonNull;

import com.google.cloud.Timestamp;
import com.google.cloud.firestore.Blob;
import com.google.cloud.firestore.Firestore;
import dev.in.core.failure.Await;
import dev.in.core.failure.Deadline;
import dev.in.core.failure.TransientFailure;
import dev.in.topology.Topology;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
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
          firestore.collection("deadLetters").document(letter.id()).set(fields),
          deadline,
          "recording the dead letter");
    } catch (ExecutionException e) {
      throw new TransientFailure("the dead letter cannot be recorded", e.getCause());
    }
  }

  private static Timestamp timestamp(Instant instant) {
    return Timestamp.ofTimeSecondsAndNanos(instant.getEpochSecond(), instant.getNano());
  }
}
