package dev.in.coordinator;

import java.util.Optional;

/** Asks an owner's account where mail goes, and reports mail that came back. */
public interface MailPreferencesClient {

  /**
   * @param preferences present if the edge gave them
   * @param answer what came of the call
   */
  record Answer(UpdateAnswer answer, Optional<MailPreferences> preferences) {}

  /** Asks for an owner's preferences. */
  Answer preferences(String owner, CallContext context);

  /**
   * Reports that an address takes no mail: the edge switches mail off unless the address has
   * changed since. Reporting it again does no harm.
   */
  UpdateAnswer bounced(String owner, String address, CallContext context);
}
