package dev.in.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.in.events.EventAttributes.Routing;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventAttributesTest {
  private static final INEvent<?> EVENT = Examples.of(EventType.TASK_FAILED).event();
  private static final Routing ROUTING = new Routing(Priority.HIGH, "local", "acme");
  private static final String TRACEPARENT =
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  @Test
  void attributesAreExactlyThese() {
    assertThat(EventAttributes.of(EVENT, ROUTING, Optional.of(TRACEPARENT)).toMap())
        .containsExactly(
            entry("eventId", "ab05f84d-66d4-52e7-a64b-5e4f880f7d9a"),
            entry("eventType", "task.failed"),
            entry("taskId", "q83vEjRWeJCrze8SNFZ4kA"),
            entry("run", "1"),
            entry("priority", "high"),
            entry("owner", "local"),
            entry("channel", "acme"),
            entry("schemaVersion", "1"),
            entry("traceparent", TRACEPARENT));
  }

  @Test
  void aSpanThatIsNotThereIsNoAttribute() {
    assertThat(EventAttributes.of(EVENT, ROUTING, Optional.empty()).toMap())
        .hasSize(8)
        .doesNotContainKey("traceparent");
  }

  /** Pub/Sub: at most 100 attributes, keys up to 256 bytes and not beginning with goog. */
  @ParameterizedTest
  @EnumSource
  void attributesKeepPubSubsLimits(EventType type) {
    Map<String, String> map =
        EventAttributes.of(Examples.of(type).event(), ROUTING, Optional.of(TRACEPARENT)).toMap();
    assertThat(map)
        .hasSizeLessThanOrEqualTo(100)
        .allSatisfy(
            (key, value) -> {
              assertThat(key).hasSizeLessThanOrEqualTo(256).doesNotStartWith("goog");
              assertThat(value).hasSizeLessThanOrEqualTo(1024);
            });
    assertThat(map).containsEntry("eventType", type.wireName());
  }

  @Test
  void attributesHoldNothingOfTheUsersText() {
    String url = "https://images.example/secret.jpg";
    INEvent<DownloadRequested> event =
        INEvent.of(
            EVENT.task(),
            "edge",
            EVENT.timestamp(),
            "edge",
            new DownloadRequested(new ImageInput.Url(url), Feature.DEFAULT));
    assertThat(EventAttributes.of(event, ROUTING, Optional.of(TRACEPARENT)).toMap())
        .allSatisfy((key, value) -> assertThat(value).doesNotContain("secret"));
  }

  @Test
  void routingIsReadFromAttributesAndWrittenTheSame() {
    Map<String, String> attributes = EventAttributes.of(EVENT, ROUTING, Optional.empty()).toMap();
    assertThat(Routing.fromAttributes(attributes)).isEqualTo(ROUTING);
  }

  @Test
  void missingRoutingReadsAsNormalWithoutOwnerInTheLocalChannel() {
    assertThat(Routing.fromAttributes(Map.of()))
        .isEqualTo(new Routing(Priority.NORMAL, "", "local"));
    assertThat(Routing.fromAttributes(Map.of("priority", "urgent")).priority())
        .isEqualTo(Priority.NORMAL);
  }
}
