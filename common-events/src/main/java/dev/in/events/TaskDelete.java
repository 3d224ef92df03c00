package dev.in.events;

/** Deletes a task with everything that belongs to it, and keeps its id from being used again. */
public record TaskDelete(String operationId) implements TaskCommand {
  public TaskDelete {
    Identifiers.requireId("operationId", operationId);
  }

  @Override
  public EventType type() {
    return EventType.TASK_DELETE;
  }
}
