package dev.in.notification;

import static java.util.Objects.requireNonNull;

import dev.in.core.failure.Await;
import dev.in.core.failure.Deadline;
import dev.in.core.failure.TransientFailure;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.MailResult;
import io.vertx.ext.mail.SMTPException;
import java.util.concurrent.ExecutionException;

/** To a mail server. */
final class SmtpTransport implements MailTransport {
  private final Vertx vertx;
  private final MailClient client;
  private final String from;

  SmtpTransport(Vertx vertx, MailClient client, String from) {
    this.vertx = requireNonNull(vertx, "vertx is null");
    this.client = requireNonNull(client, "client is null");
    this.from = requireNonNull(from, "from is null");
  }

  @Override
  public Result send(Letter letter, Deadline deadline) {
    try {
      Await.answer(
          sent(letter.message(from)).toCompletionStage().toCompletableFuture(),
          deadline,
          "the mail server");
      return Result.SENT;
    } catch (ExecutionException e) {
      if (isBounce(e.getCause())) {
        return Result.BOUNCED;
      }
      throw new TransientFailure("the mail server did not take a mail", e.getCause());
    }
  }

  /**
   * On an event loop from the first call on. Called from another thread, vertx-mail-client 4.5.25
   * sometimes begins to read a new connection only after the server has greeted, misses that, and
   * waits for it until the delivery's time is up (5 of 60 deliveries to a server that had just come
   * back; none since).
   */
  private Future<MailResult> sent(MailMessage message) {
    return Future.future(
        sent -> vertx.runOnContext(loop -> client.sendMail(message).onComplete(sent)));
  }

  /** Only at RCPT is a refusal about the address; elsewhere it is about us, or the server. */
  private static boolean isBounce(Throwable cause) {
    return cause instanceof SMTPException refusal
        && refusal.isPermanent()
        && refusal.getMessage().contains("recipient");
  }
}
