package dev.in.notification;

import dev.in.coordinator.MailPreferences;
import dev.in.events.WebhookDisabled;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateInstance;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** What mails say, in text and HTML. */
@ApplicationScoped
class MailTexts {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM yyyy HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final Template webhookDisabledText;
  private final Template webhookDisabledHtml;
  private final Template confirmAddressText;
  private final Template confirmAddressHtml;

  MailTexts(
      @Location("webhook-disabled.txt") Template webhookDisabledText,
      @Location("webhook-disabled.html") Template webhookDisabledHtml,
      @Location("confirm-address.txt") Template confirmAddressText,
      @Location("confirm-address.html") Template confirmAddressHtml) {
    this.webhookDisabledText = webhookDisabledText;
    this.webhookDisabledHtml = webhookDisabledHtml;
    this.confirmAddressText = confirmAddressText;
    this.confirmAddressHtml = confirmAddressHtml;
  }

  Letter confirmAddress(UUID eventId, MailPreferences.Confirmation confirmation) {
    return new Letter(
        eventId,
        confirmation.address(),
        "Confirm this address",
        confirmAddressText.data("url", confirmation.url()).render(),
        confirmAddressHtml.data("url", confirmation.url()).render(),
        Optional.empty());
  }

  Letter webhookDisabled(
      UUID eventId, String to, WebhookDisabled event, MailPreferences preferences) {
    return new Letter(
        eventId,
        to,
        "A webhook was disabled",
        render(webhookDisabledText, event, preferences),
        render(webhookDisabledHtml, event, preferences),
        Optional.of(preferences.unsubscribeUrl()));
  }

  private static String render(
      Template template, WebhookDisabled event, MailPreferences preferences) {
    TemplateInstance instance =
        template
            .data("webhookId", event.webhookId())
            .data("gone", event.reason().equals("gone"))
            .data("failingSince", TIME.format(Instant.ofEpochMilli(event.failingSince())))
            .data("lastStatus", event.lastStatus().map(Object::toString).orElse("none"))
            .data("unsubscribeUrl", preferences.unsubscribeUrl());
    return instance.render();
  }
}
