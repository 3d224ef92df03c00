package dev.in.notification;

import static java.util.Objects.requireNonNull;

import io.vertx.core.MultiMap;
import io.vertx.ext.mail.MailMessage;
import java.util.UUID;

/**
 * One mail, before it has a form.
 *
 * @param eventId of the event that it is about; the mail's own id is made of it, so that a mail
 *     which is sent twice is one to whoever looks
 * @param unsubscribeUrl switches mail off by one POST
 */
record Letter(
    UUID eventId, String to, String subject, String text, String html, String unsubscribeUrl) {
  Letter {
    requireNonNull(eventId, "eventId is null");
    requireNonNull(to, "to is null");
    requireNonNull(subject, "subject is null");
    requireNonNull(text, "text is null");
    requireNonNull(html, "html is null");
    requireNonNull(unsubscribeUrl, "unsubscribeUrl is null");
  }

  /**
   * As the mail client takes it.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc8058">One-click unsubscribe</a>
   */
  MailMessage message(String from) {
    MultiMap headers =
        MultiMap.caseInsensitiveMultiMap()
            .add("Message-ID", "<" + eventId + "@in>")
            .add("List-Unsubscribe", "<" + unsubscribeUrl + ">")
            .add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
            .add("Auto-Submitted", "auto-generated");
    return new MailMessage(from, to, subject, text).setHtml(html).setHeaders(headers);
  }
}
