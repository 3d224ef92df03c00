package dev.in.runner.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.events.EventCodec;
import dev.in.events.INEvent;
import dev.in.events.ImageDownloaded;
import dev.in.events.ObjectRef;
import dev.in.events.TaskRef;
import dev.in.runner.TestingServer;
import dev.in.runner.Wait;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against an HTTP server in Pub/Sub's place. */
class StageEventsTest {
  private static final String SUBSCRIPTION = "/v1/projects/in-local/subscriptions/run-progress";
  private static final INEvent<ImageDownloaded> EVENT =
      INEvent.of(
          new TaskRef("task0123456789abcdef", 1, "0af7651916cd43dd8448eb211c80319c"),
          "download",
          Instant.ofEpochMilli(1_790_000_000_000L),
          "download",
          new ImageDownloaded(
              new ObjectRef("in-local-images", "a", 1), "image/jpeg", 1, "ab".repeat(32)));

  private final List<INEvent<?>> events = new CopyOnWriteArrayList<>();
  private TestingServer pubSub;

  @BeforeEach
  void start() throws Exception {
    pubSub = new TestingServer();
    pubSub.answer(
        "GET /computeMetadata/v1/instance/service-accounts/default/token",
        200,
        "{\"access_token\":\"t0ken\"}");
    pubSub.answer("PUT " + SUBSCRIPTION, 200, "{}");
    pubSub.answer("POST " + SUBSCRIPTION + ":acknowledge", 200, "{}");
  }

  @AfterEach
  void stop() {
    pubSub.close();
  }

  @Test
  void eventsAreReportedAndAckedWhateverElseIsAmongThem() throws Exception {
    pull(200, message("1", "not an event".getBytes(StandardCharsets.UTF_8)));
    pull(503, "");
    pull(200, message("2", EventCodec.write(EVENT)));
    pull(200, "{}");

    try (StageEvents _ = StageEvents.open(pubSub.uri(), events::add)) {
      Wait.until(this::acks, acks -> acks.size() == 2);
    }

    assertThat(events).isEqualTo(List.of(EVENT));
    assertThat(acks()).containsExactly("{\"ackIds\":[\"1\"]}", "{\"ackIds\":[\"2\"]}");
    assertThat(pubSub.requests("PUT " + SUBSCRIPTION))
        .extracting(TestingServer.Request::body)
        .containsExactly("{\"topic\":\"projects/in-local/topics/image-events\"}");
  }

  private List<String> acks() {
    return pubSub.requests("POST " + SUBSCRIPTION + ":acknowledge").stream()
        .map(TestingServer.Request::body)
        .toList();
  }

  private void pull(int status, String body) {
    pubSub.answer("POST " + SUBSCRIPTION + ":pull", status, body);
  }

  private static String message(String ackId, byte[] data) {
    return "{\"receivedMessages\":[{\"ackId\":\"%s\",\"message\":{\"data\":\"%s\"}}]}"
        .formatted(ackId, Base64.getEncoder().encodeToString(data));
  }
}
