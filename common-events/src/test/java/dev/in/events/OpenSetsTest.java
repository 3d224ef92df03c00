package dev.in.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Codes, features and types on the wire: the known ones, and what becomes of unknown ones. */
class OpenSetsTest {

  @Test
  void aFailureCodeOfANewerVersionIsKept() throws Exception {
    String json =
        Examples.of(EventType.TASK_FAILED).json().replace("corrupt_image", "too_beautiful");
    INEvent<?> event = EventCodec.read(json.getBytes(UTF_8));
    assertThat(((TaskFailed) event.payload()).code()).isEqualTo(new FailureCode("too_beautiful"));
    assertThat(EventCodec.write(event)).asString().isEqualTo(json);
  }

  @Test
  void aFeatureOfANewerVersionIsKept() throws Exception {
    String json = Examples.of(EventType.DOWNLOAD_REQUESTED).json();
    INEvent<?> event = EventCodec.read(json.getBytes(UTF_8));
    assertThat(((DownloadRequested) event.payload()).features())
        .containsExactly(Feature.TEXT, new Feature("barcodes"));
  }

  @Test
  void theFailureCodesAreThese() {
    assertThat(
            Arrays.stream(FailureCode.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .map(
                    field -> {
                      try {
                        return field.get(null).toString();
                      } catch (IllegalAccessException e) {
                        throw new AssertionError(e);
                      }
                    }))
        .containsExactlyInAnyOrder(
            "source_forbidden",
            "source_unreachable",
            "source_not_found",
            "source_too_large",
            "unsupported_type",
            "corrupt_image",
            "too_many_pixels",
            "analysis_rejected",
            "attempts_exhausted",
            "timed_out",
            "cancelled",
            "internal");
  }

  @Test
  void theFeaturesAreThese() {
    assertThat(Feature.KNOWN)
        .extracting(Feature::name)
        .containsExactly("text", "colors", "labels", "objects", "faces", "safeSearch");
    assertThat(Feature.DEFAULT).extracting(Feature::name).containsExactly("text", "colors");
  }

  @Test
  void theEventTypesAreThese() {
    assertThat(EventType.values())
        .extracting(EventType::wireName)
        .containsExactly(
            "download.requested",
            "metadata.requested",
            "ai.requested",
            "image.downloaded",
            "metadata.extracted",
            "ai.analyzed",
            "task.completed",
            "task.failed",
            "task.redrive",
            "task.cancel",
            "task.delete",
            "webhook.disabled",
            "mail.confirmation_requested",
            "media.upload.completed",
            "budget.exceeded",
            "account.deleted");
    assertThat(EventType.fromWire("task.paused")).isEmpty();
    assertThat(EventType.fromWire("TASK.FAILED")).isEmpty();
  }

  @Test
  void everyPayloadKnowsItsType() {
    for (EventType type : EventType.values()) {
      assertThat(Examples.of(type).event().payload()).extracting("type").isEqualTo(type);
    }
  }

  @Test
  void theStagesAreTheseAndEachIsDrivenByItsRequest() {
    assertThat(Stage.values())
        .extracting(Stage::wireName)
        .containsExactly("download", "metadata", "ai");
    for (Stage stage : Stage.values()) {
      assertThat(stage.request().wireName()).isEqualTo(stage.wireName() + ".requested");
      assertThat(TaskMessage.class).isAssignableFrom(stage.request().payloadType());
      assertThat(Stage.fromWire(stage.wireName())).contains(stage);
      assertThat(stage).hasToString(stage.wireName());
    }
    assertThat(Stage.fromWire("edge")).isEqualTo(Optional.empty());
  }

  @Test
  void thePrioritiesAreTheseAndOthersReadAsNormal() {
    assertThat(Priority.values())
        .extracting(Priority::wireName)
        .containsExactly("high", "normal", "low");
    assertThat(Priority.fromWire("low")).isEqualTo(Priority.LOW);
    assertThat(Priority.fromWire("urgent")).isEqualTo(Priority.NORMAL);
    assertThat(Priority.fromWire(null)).isEqualTo(Priority.NORMAL);
  }
}
