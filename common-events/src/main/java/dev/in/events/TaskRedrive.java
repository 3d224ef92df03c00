package dev.in.events;

/** Runs a failed task's failed stage again; the message's run is the new one. */
public record TaskRedrive(String operationId) implements TaskCommand {
  public TaskRedrive {
    Identifiers.requireId("operationId", operationId);
  }

  @Override
  public EventType type() {
    return EventType.TASK_REDRIVE;
  }
}
