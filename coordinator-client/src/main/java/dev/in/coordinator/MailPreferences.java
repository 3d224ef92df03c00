package dev.in.coordinator;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * Which mail an owner wants, and where it goes. The edge alone knows it.
 *
 * @param confirmed whether the address is the owner's, so that mail may go there
 * @param types event types they want, empty where mail is off
 * @param unsubscribeUrl switches mail off, by one POST (RFC 8058)
 * @param confirmation of an address that is not known to be the owner's yet
 */
public record MailPreferences(
    Optional<String> address,
    boolean confirmed,
    List<String> types,
    String unsubscribeUrl,
    Optional<Confirmation> confirmation) {
  public MailPreferences {
    requireNonNull(address, "address is null");
    types = types == null ? List.of() : List.copyOf(types);
    requireNonNull(unsubscribeUrl, "unsubscribeUrl is null");
    requireNonNull(confirmation, "confirmation is null");
  }

  /**
   * How an address is confirmed.
   *
   * @param requestId of the event that asks for this mail
   * @param url confirms it, by one POST
   */
  public record Confirmation(String requestId, String address, String url) {
    public Confirmation {
      requireNonNull(requestId, "requestId is null");
      requireNonNull(address, "address is null");
      requireNonNull(url, "url is null");
    }
  }

  /** Where mail about events of that type goes, if any may. */
  public Optional<String> recipient(String eventType) {
    return address.filter(_ -> confirmed && types.contains(eventType));
  }
}
