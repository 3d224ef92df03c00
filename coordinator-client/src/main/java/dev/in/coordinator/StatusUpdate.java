package dev.in.coordinator;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.in.events.TaskRef;
import dev.in.limits.Limits;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The body of {@code PUT /internal/v1/tasks/{taskId}/status}.
 *
 * @param task which run of which task; the id goes into the path, the rest into the body
 * @param eventId the event that this update comes from
 * @param stage the stage that ended, where it is a stage's news
 * @param timestamp when it happened, sent in whole Unix milliseconds
 * @param result what the owner may see of a completed task; at most {@link Limits#MAX_RESULT_BYTES}
 *     as JSON, or an {@link IllegalArgumentException}
 */
public record StatusUpdate(
    TaskRef task,
    UUID eventId,
    TaskStatus status,
    Optional<String> stage,
    Instant timestamp,
    Optional<ObjectNode> result,
    Optional<TaskError> error) {

  public StatusUpdate {
    requireNonNull(task, "task is null");
    requireNonNull(eventId, "eventId is null");
    requireNonNull(status, "status is null");
    requireNonNull(stage, "stage is null");
    requireNonNull(timestamp, "timestamp is null");
    requireNonNull(result, "result is null");
    requireNonNull(error, "error is null");
    result.ifPresent(
        json -> {
          int bytes = UpdateJson.write(json).length;
          if (bytes > Limits.MAX_RESULT_BYTES) {
            throw new IllegalArgumentException(
                "result has " + bytes + " bytes, more than " + Limits.MAX_RESULT_BYTES);
          }
        });
  }
}
