package dev.in.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.in.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventIdTest {

  /** The same file is read by the edge's tests. */
  @Test
  void idsAreThoseThatTheEdgeMakes() throws IOException {
    JsonNode vectors = vectors();
    assertThat(vectors).hasSize(10);
    for (JsonNode vector : vectors) {
      assertThat(
              EventId.of(
                  vector.get("taskId").textValue(),
                  vector.get("run").intValue(),
                  vector.get("stage").textValue(),
                  EventType.fromWire(vector.get("eventType").textValue()).orElseThrow()))
          .as(vector.toString())
          .hasToString(vector.get("eventId").textValue());
    }
  }

  @Test
  void anIdIsANameBasedUuid() {
    UUID id = EventId.of("AAAAAAAAAAAAAAAA", 1, "ai", EventType.TASK_COMPLETED);
    assertThat(id.version()).isEqualTo(5);
    assertThat(id.variant()).isEqualTo(2);
  }

  @Test
  void anotherTaskRunStageOrTypeIsAnotherFact() {
    assertThat(EventId.of("AAAAAAAAAAAAAAAA", 1, "ai", EventType.TASK_FAILED))
        .isEqualTo(EventId.of("AAAAAAAAAAAAAAAA", 1, "ai", EventType.TASK_FAILED))
        .isNotIn(
            EventId.of("AAAAAAAAAAAAAAAB", 1, "ai", EventType.TASK_FAILED),
            EventId.of("AAAAAAAAAAAAAAAA", 2, "ai", EventType.TASK_FAILED),
            EventId.of("AAAAAAAAAAAAAAAA", 1, "metadata", EventType.TASK_FAILED),
            EventId.of("AAAAAAAAAAAAAAAA", 1, "ai", EventType.TASK_COMPLETED));
  }

  @Test
  void nullsAreRefused() {
    assertThatNullPointerException()
        .isThrownBy(() -> EventId.of(null, 1, "ai", EventType.TASK_FAILED))
        .withMessage("taskId is null");
    assertThatNullPointerException()
        .isThrownBy(() -> EventId.of("AAAAAAAAAAAAAAAA", 1, null, EventType.TASK_FAILED))
        .withMessage("stage is null");
  }

  private static JsonNode vectors() throws IOException {
    try (InputStream file = EventIdTest.class.getResourceAsStream("/event-id-vectors.json")) {
      return StrictJson.MAPPER.readTree(file);
    }
  }
}
