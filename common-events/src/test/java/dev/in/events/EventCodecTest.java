package dev.in.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.in.events.Examples.Example;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {
  static Stream<Example> examples() {
    return Examples.all();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anEventIsWrittenAsExactlyThisDocument(Example example) {
    assertThat(write(example.event())).isEqualTo(example.json());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theDocumentIsReadAsAnEqualEvent(Example example) throws Exception {
    assertThat(read(example.json())).isEqualTo(example.event());
  }

  @ParameterizedTest
  @EnumSource
  void everyTypeHasAnExampleOfItsOwn(EventType type) {
    assertThat(Examples.of(type).event().payload()).isExactlyInstanceOf(type.payloadType());
    assertThat(Examples.of(type).event().eventType()).isEqualTo(type.wireName());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theSameEventGivesTheSameBytes(Example example) throws Exception {
    assertThat(EventCodec.write(EventCodec.read(example.json().getBytes(UTF_8))))
        .isEqualTo(EventCodec.write(example.event()));
  }

  @Test
  void theOrderOfFieldsDoesNotMatterToTheReader() throws Exception {
    String shuffled =
        """
        {"payload":{"code":"internal","message":"m","stage":"ai"},"schemaVersion":1,"run":3,
         "source":"ai","timestamp":5,"traceId":"0af7651916cd43dd8448eb211c80319c",
         "taskId":"AAAAAAAAAAAAAAAA","eventType":"task.failed",
         "eventId":"9429cd77-c92c-51e9-ba30-5387bb06e987"}
        """;
    assertThat(read(shuffled).payload()).isEqualTo(new TaskFailed("ai", FailureCode.INTERNAL, "m"));
    assertThat(read(shuffled).run()).isEqualTo(3);
    assertThat(read(shuffled).timestamp()).isEqualTo(Instant.ofEpochMilli(5));
  }

  @ParameterizedTest
  @EnumSource
  void unknownFieldsAreIgnoredInEnvelopeAndPayload(EventType type) throws Exception {
    Example example = Examples.of(type);
    String grown =
        example
            .json()
            .replace("\"payload\":{", "\"payload\":{\"new\":{\"a\":[1,null]},")
            .replaceFirst("\\{", "{\"newer\":\"field\",");
    assertThat(read(grown)).isEqualTo(example.event());
  }

  @Test
  void unknownFieldsAreIgnoredDeepInAPayload() throws Exception {
    assertThat(
            read(
                Examples.of(EventType.IMAGE_DOWNLOADED)
                    .json()
                    .replace("\"object\":{", "\"object\":{\"etag\":\"x\",")))
        .isEqualTo(Examples.of(EventType.IMAGE_DOWNLOADED).event());
    assertThat(
            read(
                Examples.of(EventType.DOWNLOAD_REQUESTED)
                    .json()
                    .replace("\"input\":{", "\"input\":{\"kind\":\"upload\",")))
        .isEqualTo(Examples.of(EventType.DOWNLOAD_REQUESTED).event());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"b\":1,\"a\":[true,null,{\"deep\":\"\u00e9\"}]}",
        "{\"big\":123456789012345678901234567890,\"exact\":0.10000000000000000001,\"zeros\":1.10}"
      })
  void anUnknownTypeIsWrittenBackAsItWasRead(String payload) throws Exception {
    Example example = Examples.unrecognized(payload);
    INEvent<?> event = read(example.json());
    assertThat(event).isEqualTo(example.event());
    assertThat(event.payload()).isInstanceOf(Unrecognized.class);
    assertThat(event.eventType()).isEqualTo("video.transcoded");
    assertThat(write(event)).isEqualTo(example.json());
  }

  @Test
  void olderNamesAreRead() throws Exception {
    assertThat(
            List.of(
                readRenamed(EventType.METADATA_EXTRACTED, "image.metadata_extracted").payload(),
                readRenamed(EventType.AI_ANALYZED, "image.analyzed").payload()))
        .containsExactly(
            Examples.of(EventType.METADATA_EXTRACTED).event().payload(),
            Examples.of(EventType.AI_ANALYZED).event().payload());
  }

  @Test
  void olderNamesAreNeverWritten() throws Exception {
    assertThat(write(readRenamed(EventType.METADATA_EXTRACTED, "image.metadata_extracted")))
        .isEqualTo(Examples.of(EventType.METADATA_EXTRACTED).json());
    assertThat(write(readRenamed(EventType.AI_ANALYZED, "image.analyzed")))
        .isEqualTo(Examples.of(EventType.AI_ANALYZED).json());
  }

  @Test
  void theOlderNamesAreTheseTwo() {
    assertThat(Arrays.stream(EventType.values()).flatMap(type -> type.legacyNames().stream()))
        .containsExactly("image.metadata_extracted", "image.analyzed");
  }

  @ParameterizedTest
  @ValueSource(strings = {",\"run\":1", ",\"schemaVersion\":1"})
  void aMissingRunOrSchemaVersionReadsAsOne(String field) throws Exception {
    Example example = Examples.of(EventType.TASK_FAILED);
    assertThat(read(example.json().replace(field, ""))).isEqualTo(example.event());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"run\":1", "\"schemaVersion\":1"})
  void aNullRunOrSchemaVersionReadsAsOne(String field) throws Exception {
    Example example = Examples.of(EventType.TASK_FAILED);
    assertThat(read(example.json().replace(field, field.replace("1", "null"))))
        .isEqualTo(example.event());
  }

  @Test
  void aHigherRunAndSchemaVersionAreKept() throws Exception {
    INEvent<?> event =
        read(
            Examples.of(EventType.TASK_FAILED)
                .json()
                .replace("\"run\":1,\"schemaVersion\":1", "\"run\":7,\"schemaVersion\":2"));
    assertThat(event.run()).isEqualTo(7);
    assertThat(event.schemaVersion()).isEqualTo(2);
  }

  @Test
  void featuresLeftOutOfATaskMessageAreTheDefault() throws Exception {
    for (EventType type :
        List.of(
            EventType.DOWNLOAD_REQUESTED, EventType.METADATA_REQUESTED, EventType.AI_REQUESTED)) {
      INEvent<?> event = read(Examples.of(type).json().replaceFirst(",\"features\":\\[[^]]*]", ""));
      assertThat(((TaskMessage) event.payload()).features())
          .as(type.wireName())
          .containsExactly(Feature.TEXT, Feature.COLORS);
    }
  }

  @Test
  void listsLeftOutOfAnEventAreEmpty() throws Exception {
    assertThat(payload("metadata.extracted", "{\"width\":1,\"height\":2,\"orientation\":8}"))
        .isEqualTo(
            new MetadataExtracted(
                1,
                2,
                8,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of()));
    assertThat(payload("ai.analyzed", "{\"provider\":\"local\"}"))
        .isEqualTo(
            new AiAnalyzed(
                "local",
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void aNullReadsAsAnAbsentField() throws Exception {
    assertThat(
            payload(
                "metadata.extracted",
                """
                {"width":1,"height":1,"orientation":1,"capturedAt":null,"cameraMake":null,
                 "cameraModel":null,"lens":null,"keywords":null}\
                """))
        .isEqualTo(payload("metadata.extracted", "{\"width\":1,\"height\":1,\"orientation\":1}"));
    assertThat(
            payload(
                "download.requested",
                """
                {"input":{"imageUrl":"https://h.example/a","uploadId":null},"features":null}\
                """))
        .isEqualTo(
            new DownloadRequested(
                new ImageInput.Url("https://h.example/a"), List.of(Feature.TEXT, Feature.COLORS)));
  }

  @Test
  void textBeyondAsciiIsWrittenAsUtf8() {
    byte[] written = EventCodec.write(Examples.of(EventType.METADATA_EXTRACTED).event());
    assertThat(new String(written, UTF_8)).contains("\"M\u00f6we\"");
  }

  private static INEvent<?> readRenamed(EventType type, String olderName) throws Exception {
    return read(Examples.of(type).json().replace(type.wireName(), olderName));
  }

  private static Payload payload(String eventType, String json) throws Exception {
    return read(Examples.envelope("9429cd77-c92c-51e9-ba30-5387bb06e987", eventType, "edge", json))
        .payload();
  }

  private static String write(INEvent<?> event) {
    return new String(EventCodec.write(event), UTF_8);
  }

  private static INEvent<?> read(String json) throws MalformedEventException {
    return EventCodec.read(json.getBytes(UTF_8));
  }
}
