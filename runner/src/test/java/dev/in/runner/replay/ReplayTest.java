package dev.in.runner.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.in.events.EventType;
import dev.in.runner.TestingServer;
import dev.in.runner.TestingServer.Request;
import dev.in.runner.edge.EdgeRefusal;
import dev.in.runner.edge.RetryPolicy;
import dev.in.runner.operator.FunctionAddress;
import dev.in.runner.operator.OperatorTokens;
import dev.in.runner.process.StackFailure;
import dev.in.topology.Topology;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a history of two shards and a consumer with scripted answers. */
class ReplayTest {
  private static final String START = "1970-01-01T00:00:00Z";
  private static final Instant UNTIL = Instant.parse("2026-11-26T13:00:00Z");
  private static final String PUSH = "POST /operator/replay";
  private static final ReplayTarget TAG_INDEXER = ReplayTarget.of(Topology.load(), "tag-indexer");

  @TempDir private Path folder;
  private TestingServer history;
  private TestingServer consumer;

  @BeforeEach
  void start() throws IOException {
    history = new TestingServer();
    consumer = new TestingServer();
    consumer.answer(PUSH, 204, "");
  }

  @AfterEach
  void stop() {
    history.close();
    consumer.close();
  }

  @Test
  void allPagesOfAllShardsAreSentInTheOrderOfRecording() throws Exception {
    history
        .answer(page(0, START), 200, items(Optional.of(position(4)), event(1), event(4)))
        .answer(page(0, position(4)), 200, items(Optional.of(position(5)), event(5)))
        .answer(page(0, position(5)), 200, items(Optional.empty()))
        .answer(page(1, START), 200, items(Optional.empty(), event(2), event(3), event(6)));

    ReplayReport report = replay().run(START, UNTIL, 1000, Optional.empty());

    HistoryReader reader = new HistoryReader(new HistoryClient(site()), retries(), START, UNTIL);
    List<String> order = new ArrayList<>();
    for (Optional<ReplayedEvent> next = reader.next(); next.isPresent(); next = reader.next()) {
      order.add(next.get().position());
    }
    assertThat(order)
        .isEqualTo(IntStream.rangeClosed(1, 6).mapToObj(ReplayTest::position).toList());
    assertThat(sent()).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6);
    assertThat(report.acked()).isEqualTo(6);
    assertThat(report.complete()).isTrue();
  }

  @Test
  void anEventIsSentAsPubSubWouldPushItByAnOperator() throws Exception {
    oneShard(event(1));

    replay().run(START, UNTIL, 1000, Optional.empty());

    Request request = consumer.requests().getFirst();
    assertThat(request.header("authorization")).contains("Bearer ada for the consumer");
    assertThat(history.requests().getFirst().header("authorization"))
        .contains("Bearer ada for the history");
    assertThat(request.header("content-type")).contains("application/json");
    assertThat(new ObjectMapper().readTree(request.body()))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"message": {"data": "%s", "attributes": {"owner": "o-1"},
                                 "messageId": "replay-%s"},
                     "subscription": "projects/-/subscriptions/tag-indexer"}
                    """
                        .formatted(
                            Base64.getEncoder()
                                .encodeToString("größer 1".getBytes(StandardCharsets.UTF_8)),
                            id(1))));
  }

  @Test
  void whatTheConsumerIsNeverPushedIsNotSent() throws Exception {
    oneShard(event(1), event(2, "image.downloaded"), event(3, "task.praised"), event(4));

    ReplayReport report = replay().run(START, UNTIL, 1000, Optional.empty());

    assertThat(sent()).containsExactlyInAnyOrder(1, 4);
    assertThat(report.others()).isEqualTo(2);
  }

  @Test
  void aDryRunCountsAndSendsNothing() throws Exception {
    oneShard(event(1), event(2, "task.failed"), event(3), event(4, "ai.analyzed"));

    ReplayReport report = replay().count(START, UNTIL);

    assertThat(report)
        .isEqualTo(
            new ReplayReport(
                "tag-indexer",
                true,
                new TreeMap<>(Map.of("task.completed", 2, "task.failed", 1)),
                1,
                0));
    assertThat(consumer.requests()).isEmpty();
  }

  @Test
  void anEventIsSentUntilItIsAcked() throws Exception {
    consumer.close();
    consumer = new TestingServer();
    consumer.answer(PUSH, 503, "").answer(PUSH, 500, "").answer(PUSH, 204, "");
    oneShard(event(1));

    ReplayReport report = replay().run(START, UNTIL, 1000, Optional.empty());

    assertThat(sent()).containsExactly(1, 1, 1);
    assertThat(report.acked()).isEqualTo(1);
  }

  @Test
  void whatTheConsumerCanNeverTakeIsCountedAndTheOthersGoOn() throws Exception {
    consumer.close();
    consumer = new TestingServer();
    consumer.answer(PUSH, 400, "").answer(PUSH, 413, "").answer(PUSH, 204, "");
    oneShard(event(1), event(2), event(3));

    ReplayReport report = replay().run(START, UNTIL, 1000, Optional.empty());

    assertThat(consumer.requests()).hasSize(3);
    assertThat(report.refused()).isEqualTo(2);
    assertThat(report.complete()).isFalse();
  }

  @Test
  void aReplayThatWasStoppedGoesOnBehindItsCheckpoint() throws Exception {
    Path file = folder.resolve("checkpoint.json");
    String[] events =
        IntStream.rangeClosed(1, Replay.AT_ONCE + 3)
            .mapToObj(ReplayTest::event)
            .toArray(String[]::new);
    consumer.close();
    consumer = new TestingServer();
    for (int i = 0; i < Replay.AT_ONCE; i++) {
      consumer.answer(PUSH, 204, "");
    }
    consumer.answer(PUSH, 409, "");
    oneShard(events);

    assertThatThrownBy(() -> replay().run(START, UNTIL, 1000, Optional.of(file)))
        .isInstanceOf(EdgeRefusal.class);

    Checkpoint left = Checkpoint.read(file).orElseThrow();
    assertThat(left)
        .isEqualTo(
            new Checkpoint(
                "tag-indexer task.completed,task.failed", position(Replay.AT_ONCE), UNTIL));

    stop();
    start();
    history
        .answer(
            page(0, left.after()), 200, items(Optional.empty(), event(17), event(18), event(19)))
        .answer(page(1, left.after()), 200, items(Optional.empty()));
    replay().run(left.after(), left.until(), 1000, Optional.of(file));

    assertThat(sent()).containsExactlyInAnyOrder(17, 18, 19);
    assertThat(file).doesNotExist();
  }

  @Test
  void aConsumerThatNacksForTooLongEndsTheReplayWithWhereToGoOn() throws Exception {
    consumer.close();
    consumer = new TestingServer();
    consumer.answer(PUSH, 503, "");
    oneShard(event(1));
    Replay impatient =
        new Replay(site(), TAG_INDEXER, new RetryPolicy(Duration.ZERO, note -> {}), note -> {});

    assertThatThrownBy(() -> impatient.run(START, UNTIL, 1000, Optional.empty()))
        .isInstanceOf(StackFailure.class)
        .hasMessageEndingWith("; to go on: --from " + START + " --until " + UNTIL);
  }

  @Test
  void eventsKeepToTheRate() throws Exception {
    oneShard(event(1), event(2), event(3), event(4), event(5));
    long start = System.nanoTime();

    replay().run(START, UNTIL, 4, Optional.empty());

    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    assertThat(sent()).hasSize(5);
  }

  @Test
  void aFileThatIsNoCheckpointIsRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("other.json"), "{}");
    assertThatThrownBy(() -> Checkpoint.read(file)).isInstanceOf(StackFailure.class);
    assertThat(Checkpoint.read(folder.resolve("absent.json"))).isEmpty();
  }

  @Test
  void eachTypeReachesAFunctionByItsSubscription() {
    assertThat(TAG_INDEXER.subscriptions())
        .isEqualTo(
            Map.of(EventType.TASK_COMPLETED, "tag-indexer", EventType.TASK_FAILED, "tag-indexer"));
    assertThat(ReplayTarget.of(Topology.load(), "log-enhancer").subscriptions())
        .containsEntry(EventType.AI_ANALYZED, "log-enhancer-image-events")
        .containsEntry(EventType.TASK_FAILED, "log-enhancer-lifecycle")
        .containsEntry(EventType.WEBHOOK_DISABLED, "log-enhancer-account-events")
        .containsOnlyKeys(eventsOfAllEventTopics());
    assertThat(TAG_INDEXER.only(List.of(EventType.TASK_FAILED)).description())
        .isEqualTo("tag-indexer task.failed");
    assertThat(TAG_INDEXER.subscriptionOf("image.analyzed")).isEmpty();
  }

  private static List<EventType> eventsOfAllEventTopics() {
    return Topology.load().topics().values().stream()
        .filter(topic -> topic.kind() == Topology.Topic.Kind.EVENT)
        .flatMap(topic -> topic.messages().stream())
        .toList();
  }

  @Test
  void theReportSaysHowMany() {
    ReplayReport report =
        new ReplayReport("tag-indexer", false, new TreeMap<>(Map.of("task.failed", 3)), 2, 1);

    assertThat(report.lines())
        .containsExactly(
            "      3  task.failed", "for tag-indexer: 3, others: 2", "replayed: 2 of 3 events");
    assertThat(report.json())
        .isEqualTo(
            "{\"to\":\"tag-indexer\",\"dryRun\":false,\"selected\":3,\"others\":2,"
                + "\"events\":{\"task.failed\":3},\"replayed\":2,\"refused\":1,\"ok\":false}");
  }

  private Replay replay() {
    return new Replay(site(), TAG_INDEXER, retries(), note -> {});
  }

  private static RetryPolicy retries() {
    return new RetryPolicy(Duration.ofSeconds(10), note -> {});
  }

  private ReplaySite site() {
    OperatorTokens tokens =
        new OperatorTokens() {
          @Override
          public String token(String audience) {
            return "ada for " + audience;
          }

          @Override
          public String person() {
            return "ada";
          }
        };
    return new ReplaySite(
        new FunctionAddress(history.uri(), "the history"),
        new FunctionAddress(consumer.uri(), "the consumer"),
        tokens);
  }

  /** All in the first shard. */
  private void oneShard(String... events) {
    history
        .answer(page(0, START), 200, items(Optional.empty(), events))
        .answer(page(1, START), 200, items(Optional.empty()));
  }

  /** The numbers of the events that the consumer got. */
  private List<Integer> sent() {
    return consumer.requests(PUSH).stream()
        .map(Request::body)
        .map(body -> body.replaceAll("(?s).*replay-[-0-9a-f]{24}0*(\\d+)\".*", "$1"))
        .map(Integer::valueOf)
        .toList();
  }

  private static String page(int shard, String after) {
    return "GET /operator/history?shard=%d&after=%s&until=%s&limit=100"
        .formatted(shard, URLEncoder.encode(after, StandardCharsets.UTF_8), UNTIL);
  }

  private static String items(Optional<String> nextAfter, String... events) {
    String next = nextAfter.map(after -> ", \"nextAfter\": \"" + after + "\"").orElse("");
    return "{\"shards\": 2, \"items\": [" + String.join(", ", events) + "]" + next + "}";
  }

  private static String event(int number) {
    return event(number, "task.completed");
  }

  private static String event(int number, String type) {
    return """
    {"position": "%s", "eventId": "%s", "eventType": "%s", "taskId": "t", "body": "größer %d",
     "attributes": {"owner": "o-%d"}}\
    """
        .formatted(position(number), id(number), type, number, number);
  }

  private static String position(int number) {
    return "2026-11-26T12:00:%02d.000Z/%s".formatted(number, id(number));
  }

  private static String id(int number) {
    return "6f2b1f0e-3c64-5d0a-9a53-%012d".formatted(number);
  }
}
