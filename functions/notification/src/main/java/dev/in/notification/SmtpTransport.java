package dev.in.notification;

import static java.util.Objects.requireNonNull;

import dev.in.core.failure.Await;
import dev.in.core.failure.Deadline;
import dev.in.core.failure.TransientFailure;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.SMTPException;
import java.util.concurrent.ExecutionException;

/** To a mail server. */
final class SmtpTransport implements MailTransport {
  private final MailClient client;
  private final String from;

  SmtpTransport(MailClient client, String from) {
    this.client = requireNonNull(client, "client is null");
    this.from = requireNonNull(from, "from is null");
  }

  @Override
  public Result send(Letter letter, Deadline deadline) {
    try {
      Await.answer(
          client.sendMail(letter.message(from)).toCompletionStage().toCompletableFuture(),
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

  /** Only at RCPT is a refusal about the address; elsewhere it is about us, or the server. */
  private static boolean isBounce(Throwable cause) {
    return cause instanceof SMTPException refusal
        && refusal.isPermanent()
        && refusal.getMessage().contains("recipient");
  }
}
