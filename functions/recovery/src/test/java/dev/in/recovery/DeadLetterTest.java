package dev.in.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.in.core.handler.ReceivedMessage;
import dev.in.core.testing.TestTask;
import dev.in.events.EventCodec;
import dev.in.events.Stage;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeadLetterTest {
  private static final byte[] REQUEST = EventCodec.write(TestTask.request(Stage.METADATA));

  /** As Google's documentation lists them. */
  private static final Map<String, String> FORWARDED =
      Map.of(
          "CloudPubSubDeadLetterSourceDeliveryCount", "100",
          "CloudPubSubDeadLetterSourceSubscription", "metadata",
          "CloudPubSubDeadLetterSourceSubscriptionProject", "in-local",
          "CloudPubSubDeadLetterSourceTopicPublishTime", "2026-03-01T12:00:00.123+00:00");

  @Test
  void pubSubForwardsWhatWasNackedTooOften() {
    DeadLetter letter = letter(REQUEST, with(FORWARDED, "taskId", TestTask.ID));

    assertThat(letter.subscription()).isEqualTo("metadata");
    assertThat(letter.attempts()).contains(100);
    assertThat(letter.reason()).isEmpty();
    assertThat(letter.exhausted()).isTrue();
    assertThat(letter.attributes()).isEqualTo(Map.of("taskId", TestTask.ID));
    assertThat(letter.event().orElseThrow().eventType()).isEqualTo("metadata.requested");
  }

  @Test
  void aFunctionGivesUpAtOnceAndSaysWhy() {
    DeadLetter letter =
        letter(
            "not json".getBytes(UTF_8),
            Map.of(
                "deadLetterReason", "the message is not JSON",
                "originalMessageId", "4711",
                "sourceSubscription", "download",
                "taskId", "whatever"));

    assertThat(letter.subscription()).isEqualTo("download");
    assertThat(letter.reason()).contains("the message is not JSON");
    assertThat(letter.exhausted()).isFalse();
    assertThat(letter.event()).isEmpty();
    assertThat(letter.attributes()).isEqualTo(Map.of("taskId", "whatever"));
  }

  @Test
  void aCountThatIsNoNumberIsNoCount() {
    Map<String, String> attributes = new HashMap<>(FORWARDED);
    attributes.put("CloudPubSubDeadLetterSourceDeliveryCount", "many");

    assertThat(letter(REQUEST, attributes).attempts()).isEmpty();
  }

  @Test
  void theSameMessageGivenUpTwiceHasOneId() {
    Map<String, String> later = new HashMap<>(FORWARDED);
    later.put("CloudPubSubDeadLetterSourceDeliveryCount", "101");
    DeadLetter once = letter(REQUEST, FORWARDED);

    assertThat(letter(REQUEST, later).id()).isEqualTo(once.id());
    assertThat(once.id()).matches("[0-9a-f]{32}");
  }

  @Test
  void otherSubscriptionsContentsAndAttributesHaveOtherIds() {
    Map<String, String> bySync = new HashMap<>(FORWARDED);
    bySync.put("CloudPubSubDeadLetterSourceSubscription", "sync");

    assertThat(
            Set.of(
                letter(REQUEST, FORWARDED).id(),
                letter(REQUEST, bySync).id(),
                letter("other".getBytes(UTF_8), FORWARDED).id(),
                letter(REQUEST, with(FORWARDED, "a", "bc")).id(),
                letter(REQUEST, with(FORWARDED, "ab", "c")).id()))
        .hasSize(5);
  }

  private static Map<String, String> with(Map<String, String> map, String key, String value) {
    Map<String, String> more = new HashMap<>(map);
    more.put(key, value);
    return more;
  }

  private static DeadLetter letter(byte[] data, Map<String, String> attributes) {
    return DeadLetter.of(
        new ReceivedMessage(
            data,
            attributes,
            "9001",
            Optional.of(TestTask.START),
            "projects/in-local/subscriptions/dead-letter",
            0));
  }
}
