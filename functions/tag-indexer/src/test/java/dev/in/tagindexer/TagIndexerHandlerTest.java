package dev.in.tagindexer;

import static dev.in.core.testing.TestTask.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.in.coordinator.CallContext;
import dev.in.coordinator.UpdateAnswer;
import dev.in.core.edge.EdgeConfig;
import dev.in.core.failure.TransientFailure;
import dev.in.core.handler.Outcome;
import dev.in.core.handler.Outcome.Ack;
import dev.in.core.handler.Outcome.Nack;
import dev.in.core.message.DeadLetters;
import dev.in.core.publish.TestingPublisher;
import dev.in.core.stage.AiOutput;
import dev.in.core.stage.MetadataOutput;
import dev.in.core.task.PlannedFault;
import dev.in.core.task.StageError;
import dev.in.core.task.TaskDocument;
import dev.in.core.task.TaskStatus;
import dev.in.core.task.TestingTaskStore;
import dev.in.core.telemetry.Calls;
import dev.in.core.telemetry.Meters;
import dev.in.core.telemetry.Spans;
import dev.in.core.testing.Settings;
import dev.in.core.testing.TestTask;
import dev.in.core.testing.TestingClock;
import dev.in.events.FailureCode;
import dev.in.events.INEvent;
import dev.in.events.ImageInput;
import dev.in.events.RecognizedPayload;
import dev.in.events.Stage;
import dev.in.events.TaskCompleted;
import dev.in.events.TaskFailed;
import dev.in.library.LibraryEntry;
import dev.in.library.LibraryEntryCodec;
import dev.in.result.Analysis;
import dev.in.result.Box;
import dev.in.result.ColorShare;
import dev.in.result.Detection;
import dev.in.result.Gps;
import dev.in.result.Label;
import dev.in.result.Metadata;
import dev.in.result.TextFindings;
import dev.in.topology.Topology;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an owner's library receives, and how the edge's responses are handled. */
class TagIndexerHandlerTest {
  private static final String SPAN = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final INEvent<TaskCompleted> COMPLETED =
      INEvent.of(
          TestTask.REF,
          "ai",
          START.plusSeconds(2),
          "ai",
          new TaskCompleted(
              "image/jpeg", Optional.of(640), Optional.of(480), 123_456, "ab".repeat(32), 2_000));
  private static final INEvent<TaskFailed> FAILED =
      INEvent.of(
          TestTask.REF,
          "metadata",
          START.plusSeconds(2),
          "metadata",
          new TaskFailed("metadata", FailureCode.CORRUPT_IMAGE, "There is no header."));

  private final TestingLibraryClient library = new TestingLibraryClient();
  private final TestingTaskStore store = new TestingTaskStore();
  private final TestingPublisher published = new TestingPublisher();
  private final TagIndexerHandler handler =
      new TagIndexerHandler(
          library,
          store,
          new DeadLetters(Topology.load(), published, new TestingClock(START)),
          new Calls(new Spans(OpenTelemetry.noop()), new Meters(new SimpleMeterRegistry())),
          () -> Optional.of(SPAN),
          Settings.of(
              EdgeConfig.class,
              Map.of(
                  "IN_EDGE_URL", "https://edge.example",
                  "IN_EDGE_AUDIENCE", "edge",
                  "IN_EDGE_TIME_LIMIT", "7s")),
          new TestingClock(START));

  @BeforeEach
  void aTaskThatHasCompleted() {
    store.put(completed());
  }

  @Test
  void theWholeEntryOfACompletedTaskGoesToItsOwner() {
    assertThat(handle(COMPLETED)).isEqualTo(new Ack("indexed"));
    TestingLibraryClient.Put put = library.puts().getFirst();
    assertThat(put.owner()).isEqualTo("owner-7");
    assertThat(put.taskId()).isEqualTo(TestTask.ID);
    assertThat(put.context()).isEqualTo(new CallContext(Duration.ofSeconds(7), Optional.of(SPAN)));
    assertThat(LibraryEntryCodec.write(put.entry()))
        .hasToString(
            """
            {"version":1,"status":"completed","createdAt":1772366400000,\
            "contentType":"image/jpeg","sizeBytes":123456,"width":640,"height":480,\
            "text":"NO DIVING 2.5m","labels":["Boat","Sea","Beach"],"keywords":["sea"],\
            "colors":["blue","white"],"camera":"Maker",\
            "place":{"latitude":52.5,"longitude":13.4},"day":"2025-12-31"}\
            """);
  }

  @Test
  void aFailedTaskIsFoundByWhatItsCompletedStagesKnow() {
    store.put(failed());
    assertThat(handle(FAILED)).isEqualTo(new Ack("indexed"));
    assertThat(LibraryEntryCodec.write(library.puts().getFirst().entry()))
        .hasToString(
            """
            {"version":1,"status":"failed","createdAt":1772366400000,\
            "failureCode":"corrupt_image","contentType":"image/jpeg","sizeBytes":123456,\
            "labels":[],"keywords":[],"colors":[]}\
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "https://images.example/a/kiel%20harbour+1.jpg?x=/y, kiel harbour+1.jpg",
    "https://images.example/caf%C3%A9.png, café.png",
    "https://images.example/folder/, ''",
    "https://images.example, ''",
    "https://images.example/100%, ''",
  })
  void theLastSegmentOfAUrlIsTheFilesName(String url, String name) {
    TaskDocument task = completed();
    store.put(
        new TaskDocument(
            task.task(),
            task.status(),
            new ImageInput.Url(url),
            task.features(),
            task.routing(),
            task.stages(),
            task.createdAt(),
            task.runStartedAt(),
            task.updatedAt(),
            task.expiresAt()));
    handle(COMPLETED);
    assertThat(library.puts().getFirst().entry().fileName().orElse("")).isEqualTo(name);
  }

  /** The edge refuses more, and a refused entry is lost. */
  @Test
  void whatTheEdgeWouldNotTakeIsCut() {
    List<String> keywords = new ArrayList<>(Collections.nCopies(5, " "));
    keywords.add("x".repeat(127) + "\ud83d\ude00");
    IntStream.range(0, 300).forEach(i -> keywords.add("keyword " + i));
    Metadata metadata =
        new Metadata(
            1,
            Optional.empty(),
            Optional.empty(),
            Optional.of("M".repeat(200)),
            Optional.of("m".repeat(200)),
            Optional.of("l".repeat(300)),
            Optional.empty(),
            Optional.of(new Gps(95, 13.4, Optional.empty(), Optional.empty(), Optional.empty())),
            keywords,
            Optional.empty(),
            Optional.empty(),
            false);
    store.put(
        TestTask.document(
            TaskStatus.COMPLETED,
            Map.of(
                Stage.METADATA,
                TestTask.completed(Stage.METADATA, new MetadataOutput(1, 1, metadata)))));
    handle(COMPLETED);
    LibraryEntry entry = library.puts().getFirst().entry();
    assertThat(entry.keywords())
        .hasSize(200)
        .startsWith("x".repeat(127), "keyword 0")
        .endsWith("keyword 198");
    assertThat(entry.camera()).contains("m".repeat(200));
    assertThat(entry.lens()).contains("l".repeat(256));
    assertThat(entry.place()).isEmpty();
  }

  @Test
  void theVersionIsTheRun() {
    store.put(TestTask.atRun(completed(), 3));
    handle(TestTask.atRun(COMPLETED, 3));
    assertThat(library.puts()).extracting(put -> put.entry().version()).containsExactly(3);
  }

  @Test
  void aRepeatIsTheSameEntry() {
    handle(COMPLETED);
    handle(COMPLETED);
    LibraryEntry first = library.puts().getFirst().entry();
    assertThat(library.puts())
        .extracting(TestingLibraryClient.Put::entry)
        .containsExactly(first, first);
  }

  @Test
  void anOlderRunsEventIsNothingOnceTheTaskRunsAgain() {
    store.put(TestTask.atRun(completed(), 2));
    assertThat(handle(COMPLETED)).isEqualTo(new Ack("a newer run will end"));
    assertThat(library.puts()).isEmpty();
  }

  @Test
  void aTaskThatIsGoneIsNotIndexed() {
    store.expire(TestTask.ID);
    assertThat(handle(COMPLETED)).isEqualTo(new Ack("the task is gone"));
    assertThat(library.puts()).isEmpty();
  }

  @Test
  void anEdgeThatCannotBeReachedDelaysTheEntry() {
    library.answer(new UpdateAnswer.Unavailable("no answer in time"));
    assertThat(handle(COMPLETED)).isEqualTo(new Nack("the edge is unavailable"));
    library.answer(new UpdateAnswer.NotAuthorized(403, "not tag-indexer"));
    assertThat(handle(COMPLETED)).isEqualTo(new Nack("not authorized at the edge"));
    assertThat(published.published()).isEmpty();
  }

  @Test
  void anEntryThatTheEdgeRefusesIsADeadLetter() {
    library.answer(new UpdateAnswer.Refused(400, "day is odd"));
    assertThat(handle(COMPLETED)).isEqualTo(new Ack("refused by the edge"));
    assertThat(published.published())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.topic()).isEqualTo("dead-letter-topic");
              assertThat(letter.attributes())
                  .containsValue("the edge refused the entry: 400 day is odd");
            });
  }

  @Test
  void aStoreThatCannotBeReadIsTransient() {
    store.plan(TestingTaskStore.Call.READ, PlannedFault.failBefore());
    assertThatThrownBy(() -> handle(COMPLETED)).isInstanceOf(TransientFailure.class);
  }

  @Test
  void otherMessagesAreAcked() {
    assertThat(handle(TestTask.request(Stage.AI))).isEqualTo(new Ack("not the end of a task"));
    assertThat(library.puts()).isEmpty();
  }

  private Outcome handle(INEvent<? extends RecognizedPayload> event) {
    return handler.handle(TestTask.delivery(event, "1", 1));
  }

  private static TaskDocument completed() {
    Box box = new Box(1, 2, 3, 4);
    Analysis analysis =
        new Analysis(
            "vision",
            TestTask.FEATURES,
            Optional.of(new TextFindings("NO DIVING\n-- no 2.5m", List.of(), false)),
            Optional.of(
                List.of(
                    new ColorShare("#1e90ff", 0.5, 0.5),
                    new ColorShare("#000080", 0.3, 0.3),
                    new ColorShare("#ffffff", 0.2, 0.2))),
            Optional.of(List.of(new Label("Sea", 0.8), new Label("Beach", 0.7))),
            Optional.of(List.of(new Detection("Boat", 0.9, box), new Detection("sea", 0.6, box))),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            false);
    return TestTask.document(
        TaskStatus.COMPLETED,
        Map.of(
            Stage.DOWNLOAD,
            TestTask.completed(Stage.DOWNLOAD),
            Stage.METADATA,
            TestTask.completed(Stage.METADATA),
            Stage.AI,
            TestTask.completed(Stage.AI, new AiOutput(analysis))));
  }

  private static TaskDocument failed() {
    return TestTask.document(
        TaskStatus.FAILED,
        Map.of(
            Stage.DOWNLOAD,
            TestTask.completed(Stage.DOWNLOAD),
            Stage.METADATA,
            TestTask.running(TestTask.lease("done", "m1", 1))
                .failed(
                    new StageError(FailureCode.CORRUPT_IMAGE, "There is no header."),
                    START.plusSeconds(2))));
  }
}
