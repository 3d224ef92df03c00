package dev.in.events;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * The body of every Pub/Sub message of iN. {@link EventCodec} gives its JSON.
 *
 * @param eventId the fact's id, see {@link EventId}
 * @param taskId {@link Identifiers#TASK_ID}, random or derived from the idempotency key
 * @param traceId the submission's, 32 lower-case hex digits; it stays through all runs
 * @param timestamp when it happened, in whole milliseconds
 * @param source the function that published it, or {@code edge}
 * @param run 1 at first, one more with each redrive
 * @param schemaVersion of the payload; 1 so far
 */
public record INEvent<P extends Payload>(
    UUID eventId,
    String taskId,
    String traceId,
    Instant timestamp,
    String source,
    int run,
    int schemaVersion,
    P payload) {

  public static final int SCHEMA_VERSION = 1;

  public INEvent {
    requireNonNull(eventId, "eventId is null");
    Identifiers.requireTaskId(taskId);
    Identifiers.requireTraceId(traceId);
    timestamp = requireNonNull(timestamp, "timestamp is null").truncatedTo(ChronoUnit.MILLIS);
    requireNonNull(source, "source is null");
    if (run < 1) {
      throw new IllegalArgumentException("run must be 1 or more");
    }
    requireNonNull(payload, "payload is null");
  }

  /** An event of this version, with the id that follows from what it says. */
  public static <P extends RecognizedPayload> INEvent<P> of(
      TaskRef task, String stage, Instant timestamp, String source, P payload) {
    return new INEvent<>(
        EventId.of(task.taskId(), task.run(), stage, payload.type()),
        task.taskId(),
        task.traceId(),
        timestamp,
        source,
        task.run(),
        SCHEMA_VERSION,
        payload);
  }

  /** Which run of which task this belongs to. */
  public TaskRef task() {
    return new TaskRef(taskId, run, traceId);
  }

  /** The type as written: {@code eventType} in the JSON and in the attributes. */
  public String eventType() {
    return payload.wireType();
  }
}
