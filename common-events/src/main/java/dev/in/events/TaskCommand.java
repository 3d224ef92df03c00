package dev.in.events;

/**
 * A command to one task, published by its coordinator and executed by {@code recovery} alone. The
 * message's run is the one that the command opens or ends.
 */
public sealed interface TaskCommand extends RecognizedPayload
    permits TaskRedrive, TaskCancel, TaskDelete {

  /** Who sends a command chooses its id: sent again under the same id, it is still one. */
  String operationId();
}
