package dev.in.notification;

import static java.util.Objects.requireNonNull;

import io.vertx.core.MultiMap;
import io.vertx.ext.mail.MailMessage;
import java.util.Optional;
import java.util.UUID;

/**
 * One mail, before it has a form.
 *
 * @param eventId of the event that it is about; the mail's own id is made of it, so that a mail
 *     which is sent twice is one to whoever looks
 * @param unsubscribeUrl switches mail off by one POST; absent from mail to an address that may be a
 *     stranger's, who must not have that link
 */
record Letter(
    UUID eventId,
    String to,
    String subject,
    String text,
    String html,
    Optional<String> unsubscribeUrl) {
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
            .add("Auto-Submitted", "auto-generated");
    unsubscribeUrl.ifPresent(
        url ->
            headers
                .add("List-Unsubscribe", "<" + url + ">")
                .add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
    return new MailMessage(from, to, subject, text).setHtml(html).setHeaders(headers);
  }
}
