package dev.in.events;

/**
 * An owner wants mail at an address that is not known to be theirs: a mail there asks whether it
 * is. The edge alone knows the address and the link. The envelope's {@code taskId} is the request's
 * id.
 *
 * @param requestId which the edge names as long as the address waits
 */
public record MailConfirmationRequested(String requestId) implements AccountEvent {
  public MailConfirmationRequested {
    Identifiers.requireId("requestId", requestId);
  }

  @Override
  public EventType type() {
    return EventType.MAIL_CONFIRMATION_REQUESTED;
  }
}
