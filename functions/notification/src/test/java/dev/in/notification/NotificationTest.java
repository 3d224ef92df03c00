package dev.in.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.Timestamp;
import com.google.cloud.firestore.Firestore;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import dev.in.coordinator.StatusUpdate;
import dev.in.coordinator.TaskStatus;
import dev.in.coordinator.UpdateAnswer;
import dev.in.core.testing.LocalCloudResource;
import dev.in.core.testing.PushBody;
import dev.in.core.testing.PushClient;
import dev.in.core.testing.TestTask;
import dev.in.events.BudgetExceeded;
import dev.in.events.EventCodec;
import dev.in.events.INEvent;
import dev.in.events.ImageDownloaded;
import dev.in.events.MailConfirmationRequested;
import dev.in.events.MediaUploadCompleted;
import dev.in.events.ObjectRef;
import dev.in.events.RecognizedPayload;
import dev.in.events.Stage;
import dev.in.events.TaskRef;
import dev.in.events.WebhookDisabled;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole function: pushed to over HTTP, with a real mail server and the local cloud. */
@QuarkusTest
@QuarkusTestResource(LocalCloudResource.class)
@QuarkusTestResource(MailServerResource.class)
class NotificationTest {
  private static final Instant AT = Instant.ofEpochMilli(1_760_000_000_123L);

  @TestHTTPResource("/")
  URI endpoint;

  GreenMail server;

  @Inject TestingPreferencesClient preferences;
  @Inject TestingCoordinatorClient coordinator;
  @Inject Firestore firestore;

  private final String webhookId = UUID.randomUUID().toString();
  private final INEvent<WebhookDisabled> disabled =
      INEvent.of(
          new TaskRef(webhookId, 1, "0af7651916cd43dd8448eb211c80319c"),
          "edge",
          AT,
          "edge",
          new WebhookDisabled(webhookId, "failing", 1_759_568_000_000L, Optional.of(500)));

  private final INEvent<MailConfirmationRequested> requested =
      INEvent.of(
          new TaskRef(webhookId, 1, "0af7651916cd43dd8448eb211c80319c"),
          "edge",
          AT,
          "edge",
          new MailConfirmationRequested(webhookId));

  @BeforeEach
  void startOver() throws Exception {
    preferences.startOver();
    coordinator.startOver();
    server.purgeEmailFromAllMailboxes();
  }

  @Test
  void anOwnerGetsTheMailThatTheyWantInTextAndHtml() throws Exception {
    assertThat(push(disabled)).isEqualTo(204);

    assertThat(preferences.asked()).containsExactly("owner-7");
    assertThat(server.getReceivedMessages()).hasSize(1);
    MimeMessage mail = server.getReceivedMessages()[0];
    assertThat(mail.getHeader("To")).containsExactly("owner@example.com");
    assertThat(mail.getHeader("From")).containsExactly("in@example.com");
    assertThat(mail.getSubject()).isEqualTo("A webhook was disabled");
    assertThat(mail.getHeader("Message-ID")).containsExactly("<" + disabled.eventId() + "@in>");
    assertThat(mail.getContentType()).startsWith("multipart/alternative");
    MimeMultipart parts = (MimeMultipart) mail.getContent();
    assertThat(parts.getBodyPart(0).getContentType()).startsWith("text/plain");
    assertThat(parts.getBodyPart(0).getContent().toString())
        .contains(
            "Your webhook " + webhookId + " was disabled",
            "since 4 October 2025 08:53 UTC. Last HTTP status: 500.",
            "Unsubscribe from mail: https://edge.example/v1/mail/unsubscribe?token=t&x=1");
    assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html");
    assertThat(parts.getBodyPart(1).getContent().toString())
        .contains("<a href=\"https://edge.example/v1/mail/unsubscribe?token=t&amp;x=1\">");
  }

  @Test
  void anAddressThatWaitsGetsTheLinkThatConfirmsItOnce() throws Exception {
    preferences.prefer(
        TestingPreferencesClient.unconfirmed(requested.payload().requestId(), "new@example.com"));

    assertThat(push(requested)).isEqualTo(204);
    assertThat(push(requested)).isEqualTo(204);

    assertThat(server.getReceivedMessages()).hasSize(1);
    MimeMessage mail = server.getReceivedMessages()[0];
    assertThat(mail.getHeader("To")).containsExactly("new@example.com");
    assertThat(mail.getSubject()).isEqualTo("Confirm this address");
    // Whoever reads this may be a stranger, who must not be able to switch the owner's mail off.
    assertThat(mail.getHeader("List-Unsubscribe")).isNull();
    MimeMultipart parts = (MimeMultipart) mail.getContent();
    assertThat(parts.getBodyPart(0).getContent().toString())
        .contains("https://edge.example/v1/mail/confirm?token=t&x=1");
    assertThat(parts.getBodyPart(1).getContent().toString())
        .contains("<a href=\"https://edge.example/v1/mail/confirm?token=t&amp;x=1\">");
  }

  @Test
  void aRequestThatAnotherHasReplacedOrThatWasConfirmedIsNotSent() throws Exception {
    preferences.prefer(TestingPreferencesClient.unconfirmed("another", "new@example.com"));
    assertThat(push(requested)).isEqualTo(204);
    preferences.prefer(TestingPreferencesClient.preferences(true, "mail.confirmation_requested"));
    assertThat(push(requested)).isEqualTo(204);
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void aConfirmedUploadIsNoMailAndNotAskedAbout() throws Exception {
    preferences.prefer(TestingPreferencesClient.preferences(true, "media.upload.completed"));
    INEvent<MediaUploadCompleted> completed =
        INEvent.of(
            new TaskRef(webhookId, 1, "0af7651916cd43dd8448eb211c80319c"),
            "edge",
            AT,
            "edge",
            new MediaUploadCompleted(
                webhookId,
                new ObjectRef("in-local-images", "uploads/ada/" + webhookId, 1),
                "image/png",
                5));

    assertThat(push(completed)).isEqualTo(204);

    assertThat(preferences.asked()).isEmpty();
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  /** Terraform's alert looks for the beginning of this line. */
  @Test
  void aBudgetThatIsUsedUpIsNoMailAndLoggedForOperators() throws Exception {
    INEvent<BudgetExceeded> exceeded =
        INEvent.of(
            new TaskRef(webhookId, 1, "0af7651916cd43dd8448eb211c80319c"),
            "edge",
            AT,
            "edge",
            new BudgetExceeded(Optional.of("acme"), "2026-11-26", 9_999, 10_000));
    List<String> warnings = new CopyOnWriteArrayList<>();
    Handler handler = handler(warnings);
    Logger logger = Logger.getLogger(NotificationHandler.class.getName());
    logger.addHandler(handler);
    try {
      assertThat(push(exceeded)).isEqualTo(204);
    } finally {
      logger.removeHandler(handler);
    }

    assertThat(warnings)
        .containsExactly("a budget is used up: channel acme on 2026-11-26, 9999 of 10000 units");
    assertThat(preferences.asked()).isEmpty();
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  private static Handler handler(List<String> warnings) {
    return new ExtHandler() {
      @Override
      protected void doPublish(ExtLogRecord line) {
        if (line.getLevel().intValue() == Level.WARNING.intValue()) {
          warnings.add(line.getFormattedMessage());
        }
      }
    };
  }

  @Test
  void readinessSaysWhereMailGoes() throws Exception {
    assertThat(new PushClient(endpoint).get("/q/health/ready").body())
        .containsPattern("\"goes to\": \"127\\.0\\.0\\.1:\\d+\"");
    assertThat(new PushClient(endpoint).get("/q/metrics").body())
        .containsPattern("in_switch_on\\{[^}]*switch=\"mail\"[^}]*} 1\\.0");
  }

  /** RFC 8058: both headers, and one POST to that address unsubscribes. */
  @Test
  void mailUnsubscribesWithOneClick() throws Exception {
    push(disabled);
    MimeMessage mail = server.getReceivedMessages()[0];
    assertThat(mail.getHeader("List-Unsubscribe", null))
        .isEqualTo("<https://edge.example/v1/mail/unsubscribe?token=t&x=1>");
    assertThat(mail.getHeader("List-Unsubscribe-Post"))
        .containsExactly("List-Unsubscribe=One-Click");
  }

  @Test
  void aMessageThatIsDeliveredTwiceIsOneMail() throws Exception {
    assertThat(push(disabled)).isEqualTo(204);
    assertThat(push(disabled)).isEqualTo(204);
    assertThat(server.getReceivedMessages()).hasSize(1);
  }

  @Test
  void nobodyIsNotifiedAgainByAReplay() throws Exception {
    PushBody body = PushBody.of(EventCodec.write(disabled)).attribute("owner", "owner-7");
    assertThat(new PushClient(endpoint).postTo("/operator/replay", body.json()).statusCode())
        .isEqualTo(409);
    assertThat(preferences.asked()).isEmpty();
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void whatIsNotWantedOrNotConfirmedIsNotSent() throws Exception {
    preferences.prefer(TestingPreferencesClient.preferences(true, "batch.completed"));
    assertThat(push(disabled)).isEqualTo(204);
    preferences.prefer(TestingPreferencesClient.preferences(false, "webhook.disabled"));
    assertThat(push(disabled)).isEqualTo(204);
    assertThat(server.getReceivedMessages()).isEmpty();
    assertThat(record()).isNull();
  }

  @Test
  void aMailServerThatIsDownDelaysMailAndLosesNone() throws Exception {
    server.stop();
    try {
      assertThat(push(disabled)).isEqualTo(503);
    } finally {
      server.start();
    }
    assertThat(push(disabled)).isEqualTo(204);
    assertThat(server.getReceivedMessages()).hasSize(1);
  }

  @Test
  void anEdgeThatIsDownDelaysMailAndLosesNone() throws Exception {
    preferences.answer(new UpdateAnswer.Unavailable("no answer"));
    assertThat(push(disabled)).isEqualTo(503);
    preferences.startOver();
    assertThat(push(disabled)).isEqualTo(204);
    assertThat(server.getReceivedMessages()).hasSize(1);
  }

  @Test
  void whatAnotherDeliveryIsSendingIsLeftToIt() throws Exception {
    claimedUntil(Instant.now().plusSeconds(60));
    assertThat(push(disabled)).isEqualTo(503);
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  @Test
  void aMailWhoseDeliveryCrashedIsSentOnceItsClaimIsOver() throws Exception {
    claimedUntil(Instant.now().minusSeconds(1));
    assertThat(push(disabled)).isEqualTo(204);
    assertThat(server.getReceivedMessages()).hasSize(1);
    assertThat(record()).containsKey("sentAt");
  }

  @Test
  void theRecordOfAMailHoldsNoAddress() throws Exception {
    push(disabled);
    assertThat(record()).containsOnlyKeys("sentAt", "expiresAt");
    assertThat(GreenMailUtil.getBody(server.getReceivedMessages()[0])).isNotEmpty();
  }

  @Test
  void aStageThatEndedIsProgressAndNeverTheEnd() throws Exception {
    INEvent<ImageDownloaded> downloaded = downloaded();
    assertThat(push(downloaded)).isEqualTo(204);
    assertThat(coordinator.updates())
        .containsExactly(
            new StatusUpdate(
                TestTask.REF,
                downloaded.eventId(),
                TaskStatus.PROCESSING_IN_GCP,
                Optional.of("download"),
                AT,
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void progressWaitsForAnEdgeThatIsDownAndIsDroppedWhereItIsRefused() throws Exception {
    coordinator.answer(new UpdateAnswer.Unavailable("no answer"));
    assertThat(push(downloaded())).isEqualTo(503);
    coordinator.answer(new UpdateAnswer.NotAuthorized(403, "not notification"));
    assertThat(push(downloaded())).isEqualTo(503);
    coordinator.answer(new UpdateAnswer.Refused(400, "odd"));
    assertThat(push(downloaded())).isEqualTo(204);
    coordinator.answer(new UpdateAnswer.UnknownTask());
    assertThat(push(downloaded())).isEqualTo(204);
  }

  @Test
  void otherMessagesAreNothingToNotifyOf() throws Exception {
    assertThat(push(TestTask.request(Stage.AI))).isEqualTo(204);
    assertThat(coordinator.updates()).isEmpty();
    assertThat(server.getReceivedMessages()).isEmpty();
  }

  private static INEvent<ImageDownloaded> downloaded() {
    return INEvent.of(
        TestTask.REF,
        "download",
        AT,
        "download",
        new ImageDownloaded(
            new ObjectRef("in-local-images", "tasks/x/1/original", 1),
            "image/jpeg",
            1,
            "ab".repeat(32)));
  }

  private int push(INEvent<? extends RecognizedPayload> event) throws Exception {
    PushBody body =
        PushBody.of(EventCodec.write(event))
            .attribute("eventType", event.eventType())
            .attribute("owner", "owner-7");
    return new PushClient(endpoint).push(body).statusCode();
  }

  private void claimedUntil(Instant until) throws Exception {
    firestore
        .collection("mails")
        .document(disabled.eventId().toString())
        .set(Map.of("until", Timestamp.ofTimeSecondsAndNanos(until.getEpochSecond(), 0)))
        .get();
  }

  private Map<String, Object> record() throws Exception {
    return firestore
        .collection("mails")
        .document(disabled.eventId().toString())
        .get()
        .get()
        .getData();
  }
}
