package dev.in.notification;

import dev.in.coordinator.CallContext;
import dev.in.coordinator.MailPreferences;
import dev.in.coordinator.MailPreferencesClient;
import dev.in.coordinator.UpdateAnswer;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** An edge that knows what owners want, and records what bounced. */
@Singleton
class TestingPreferencesClient implements MailPreferencesClient {
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> bounced = new CopyOnWriteArrayList<>();
  private volatile UpdateAnswer answer;
  private volatile MailPreferences preferences;

  TestingPreferencesClient() {
    startOver();
  }

  final void startOver() {
    asked.clear();
    bounced.clear();
    answer = new UpdateAnswer.Accepted();
    preferences = preferences(true, "webhook.disabled");
  }

  static MailPreferences preferences(boolean confirmed, String... types) {
    return new MailPreferences(
        Optional.of("owner@example.com"),
        confirmed,
        List.of(types),
        "https://edge.example/v1/mail/unsubscribe?token=t&x=1",
        Optional.empty());
  }

  /** Mail is off, and an address waits for its confirmation. */
  static MailPreferences unconfirmed(String requestId, String address) {
    return new MailPreferences(
        Optional.empty(),
        false,
        List.of(),
        "https://edge.example/v1/mail/unsubscribe?token=t&x=1",
        Optional.of(
            new MailPreferences.Confirmation(
                requestId, address, "https://edge.example/v1/mail/confirm?token=t&x=1")));
  }

  @Override
  public Answer preferences(String owner, CallContext context) {
    asked.add(owner);
    return new Answer(
        answer,
        answer instanceof UpdateAnswer.Accepted ? Optional.of(preferences) : Optional.empty());
  }

  @Override
  public UpdateAnswer bounced(String owner, String address, CallContext context) {
    bounced.add(owner + " " + address);
    return answer;
  }

  void answer(UpdateAnswer next) {
    answer = next;
  }

  void prefer(MailPreferences next) {
    preferences = next;
  }

  List<String> asked() {
    return asked;
  }

  List<String> bounced() {
    return bounced;
  }
}
