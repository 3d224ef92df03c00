package dev.in.events;

/** Ends a task that has not ended, with the code {@code cancelled}. */
public record TaskCancel(String operationId) implements TaskCommand {
  public TaskCancel {
    Identifiers.requireId("operationId", operationId);
  }

  @Override
  public EventType type() {
    return EventType.TASK_CANCEL;
  }
}
