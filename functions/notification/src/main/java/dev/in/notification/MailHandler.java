package dev.in.notification;

import static java.util.Objects.requireNonNull;

import dev.in.coordinator.CallContext;
import dev.in.coordinator.MailPreferences;
import dev.in.coordinator.MailPreferencesClient;
import dev.in.coordinator.UpdateAnswer;
import dev.in.core.edge.EdgeConfig;
import dev.in.core.failure.Deadline;
import dev.in.core.failure.TransientFailure;
import dev.in.core.handler.Outcome;
import dev.in.core.handler.Outcome.Ack;
import dev.in.core.handler.Outcome.Nack;
import dev.in.core.telemetry.Calls;
import dev.in.core.telemetry.Tracing;
import dev.in.events.AccountDeleted;
import dev.in.events.AccountEvent;
import dev.in.events.BudgetExceeded;
import dev.in.events.INEvent;
import dev.in.events.MailConfirmationRequested;
import dev.in.events.MediaUploadCompleted;
import dev.in.events.WebhookDisabled;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Sends an owner the mail that they want about their account. A mail server or an edge that is down
 * delays mail and loses none; an address that takes none is reported to the edge, which switches
 * mail off.
 */
final class MailHandler {
  private static final Logger LOG = Logger.getLogger(MailHandler.class);

  private final MailPreferencesClient preferences;
  private final Optional<MailTransport> transport;
  private final MailLog log;
  private final MailTexts texts;
  private final Calls calls;
  private final Tracing tracing;
  private final EdgeConfig edge;
  private final MailConfig mail;
  private final InstantSource clock;

  MailHandler(
      MailPreferencesClient preferences,
      Optional<MailTransport> transport,
      MailLog log,
      MailTexts texts,
      Calls calls,
      Tracing tracing,
      EdgeConfig edge,
      MailConfig mail,
      InstantSource clock) {
    this.preferences = requireNonNull(preferences, "preferences is null");
    this.transport = requireNonNull(transport, "transport is null");
    this.log = requireNonNull(log, "log is null");
    this.texts = requireNonNull(texts, "texts is null");
    this.calls = requireNonNull(calls, "calls is null");
    this.tracing = requireNonNull(tracing, "tracing is null");
    this.edge = requireNonNull(edge, "edge is null");
    this.mail = requireNonNull(mail, "mail is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  Outcome handle(INEvent<?> event, AccountEvent payload, String owner) {
    if (transport.isEmpty()) {
      return new Ack("no mail server is configured");
    }
    MailPreferencesClient.Answer answer = preferences.preferences(owner, context());
    if (answer.preferences().isEmpty()) {
      return edgeFailed(answer.answer());
    }
    Optional<Letter> letter = letter(event, payload, answer.preferences().get());
    return letter.isPresent() ? sendOnce(letter.get(), owner) : new Ack("mail is not wanted");
  }

  private Optional<Letter> letter(
      INEvent<?> event, AccountEvent payload, MailPreferences preferences) {
    return switch (payload) {
      case WebhookDisabled disabled ->
          preferences
              .recipient(payload.wireType())
              .map(to -> texts.webhookDisabled(event.eventId(), to, disabled, preferences));
      case MailConfirmationRequested request ->
          preferences
              .confirmation()
              .filter(waiting -> waiting.requestId().equals(request.requestId()))
              .map(waiting -> texts.confirmAddress(event.eventId(), waiting));
      case MediaUploadCompleted _, BudgetExceeded _, AccountDeleted _ -> Optional.empty();
    };
  }

  private Outcome sendOnce(Letter letter, String owner) {
    Deadline deadline = Deadline.in(mail.timeLimit(), clock);
    Instant now = clock.instant();
    // Nobody else tries before we have given up.
    Instant until = now.plus(mail.timeLimit().multipliedBy(2));
    return switch (log.claim(letter.eventId(), now, until, deadline)) {
      case SENT -> new Ack("already sent");
      case BUSY -> new Nack("another delivery is sending it");
      case CLAIMED -> send(letter, owner, deadline);
    };
  }

  private Outcome send(Letter letter, String owner, Deadline deadline) {
    MailTransport.Result result;
    try {
      result = calls.make("mail.send", () -> transport.orElseThrow().send(letter, deadline));
    } catch (TransientFailure e) {
      LOG.warnf("a mail was not taken: %s", e.getMessage());
      log.release(letter.eventId(), Deadline.in(mail.timeLimit(), clock));
      return new Nack("the mail server is unavailable");
    }
    return switch (result) {
      case SENT -> {
        log.sent(letter.eventId(), clock.instant(), deadline);
        yield new Ack("sent");
      }
      case BOUNCED -> bounced(letter, owner, deadline);
    };
  }

  private Outcome bounced(Letter letter, String owner, Deadline deadline) {
    UpdateAnswer answer = preferences.bounced(owner, letter.to(), context());
    if (!(answer instanceof UpdateAnswer.Accepted)) {
      log.release(letter.eventId(), deadline);
      return edgeFailed(answer);
    }
    log.sent(letter.eventId(), clock.instant(), deadline);
    return new Ack("bounced");
  }

  private static Outcome edgeFailed(UpdateAnswer answer) {
    if (answer instanceof UpdateAnswer.NotAuthorized(int status, String detail)) {
      LOG.errorf("the edge does not accept notification's token: %d %s", status, detail);
      return new Nack("not authorized at the edge");
    }
    LOG.warnf("the edge gives no mail preferences: %s", answer);
    return new Nack("the edge is unavailable");
  }

  private CallContext context() {
    return new CallContext(edge.timeLimit(), tracing.currentTraceparent());
  }
}
