package dev.in.events;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Deletes a task with everything that belongs to it, and keeps its id from being used again.
 *
 * @param uploadId of the upload that was its image, which goes with the last task that uses it
 */
public record TaskDelete(String operationId, Optional<String> uploadId) implements TaskCommand {
  public TaskDelete {
    Identifiers.requireId("operationId", operationId);
    requireNonNull(uploadId, "uploadId is null");
    uploadId.ifPresent(id -> Identifiers.requireId("uploadId", id));
  }

  /** Of a task whose image was no upload. */
  public TaskDelete(String operationId) {
    this(operationId, Optional.empty());
  }

  @Override
  public EventType type() {
    return EventType.TASK_DELETE;
  }
}
