package dev.in.events;

/**
 * Of an owner's account nothing personal is left at the edge, and each of its tasks was deleted:
 * whoever keeps something of the owner's elsewhere deletes it now. The envelope's {@code taskId} is
 * the operation's id.
 *
 * @param tasks how many there were
 */
public record AccountDeleted(String operationId, long tasks) implements AccountEvent {
  public AccountDeleted {
    Identifiers.requireId("operationId", operationId);
  }

  @Override
  public EventType type() {
    return EventType.ACCOUNT_DELETED;
  }
}
