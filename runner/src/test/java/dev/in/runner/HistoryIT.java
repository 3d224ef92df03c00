package dev.in.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is made of the history: {@code ./in replay} and {@code ./in stats}. */
@ExtendWith(SharedStack.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class HistoryIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONG = Duration.ofMinutes(2);

  /** More than are on their way between two checkpoints. */
  private static final int MISSED = 20;

  private static final int BETWEEN_CHECKPOINTS = 16;

  @TempDir private Path folder;
  private RunningStack stack;
  private StackPubSub pubSub;
  private TestingServer sink;

  @BeforeEach
  void use(RunningStack shared) throws Exception {
    stack = shared;
    pubSub = new StackPubSub(shared);
    sink = new TestingServer();
    sink.answer("POST /", 204, "");
  }

  @AfterEach
  void close() {
    pubSub.close();
    sink.close();
  }

  @Test
  void aLibraryThatMissedEverythingIsFilledAlsoByAReplayThatWasKilledOnTheWay() throws Exception {
    stack.awaitSideConsumers();
    List<String> indexed = submit(1);
    JsonNode wanted = Wait.until(() -> items(indexed).getFirst(), item -> item.has("width"));
    Instant start = Instant.now();
    List<String> missed;
    try (StackPubSub.Redirection _ = pubSub.redirect("tag-indexer", sink.uri())) {
      missed = submit(MISSED);
      stack.awaitSideConsumers();
    }
    assertThat(sink.requests()).hasSizeGreaterThanOrEqualTo(MISSED);
    assertThat(items(missed)).hasSize(MISSED).noneMatch(item -> item.has("width"));
    long reported = deliveries("sync");
    long notified = deliveries("notification-mail") + deliveries("notification-progress");

    JsonNode counted = replay("--dry-run", "--from", start.toString());
    assertThat(counted.path("events").toString())
        .isEqualTo("{\"task.completed\":%d}".formatted(MISSED));
    assertThat(counted.path("others").asInt()).isEqualTo(3 * MISSED);

    Path checkpoint = folder.resolve("checkpoint.json");
    try (InCommand killed =
        command("--from", start.toString(), "--rate", "4", "--checkpoint", checkpoint.toString())) {
      Wait.until(() -> Files.exists(checkpoint), there -> there);
      killed.signal("KILL");
    }
    JsonNode done = replay("--checkpoint", checkpoint.toString());

    assertThat(done.path("replayed").asInt()).isEqualTo(MISSED - BETWEEN_CHECKPOINTS);
    assertThat(items(missed))
        .hasSize(MISSED)
        .allSatisfy(item -> assertThat(item).isEqualTo(wanted));
    assertThat(checkpoint).doesNotExist();
    assertThat(deliveries("sync")).isEqualTo(reported);
    assertThat(deliveries("notification-mail") + deliveries("notification-progress"))
        .isEqualTo(notified);
  }

  @Test
  void statisticsCountWhatTheHistoryHas() throws Exception {
    stack.awaitSideConsumers();
    JsonNode before = stats();
    submit(3);
    stack.awaitSideConsumers();
    JsonNode after = stats();

    for (String counted :
        List.of(
            "/tasks", "/counts/status/completed", "/counts/channel/local", "/counts/stage/ai")) {
      assertThat(after.at(counted).asLong() - before.at(counted).asLong()).as(counted).isEqualTo(3);
    }
    assertThat(sum(after.at("/durations/task")) - sum(before.at("/durations/task"))).isEqualTo(3);
  }

  @Test
  void nobodyWithoutATokenReadsStatisticsOrHasThemCounted() throws Exception {
    stack.awaitSideConsumers();
    URI analytics =
        URI.create("http://127.0.0.1:" + stack.process("analytics").path("port").asInt());

    assertThat(stack.get(analytics.resolve("/operator/statistics")).statusCode()).isEqualTo(401);
    HttpRequest.Builder tick =
        HttpRequest.newBuilder(analytics.resolve("/roll-up")).POST(BodyPublishers.noBody());
    assertThat(stack.send(tick).statusCode()).isEqualTo(401);
  }

  private static long sum(JsonNode buckets) {
    return StreamSupport.stream(buckets.spliterator(), false).mapToLong(JsonNode::asLong).sum();
  }

  private JsonNode stats() throws Exception {
    try (InCommand stats =
        InCommand.start(folder, "stats", "--json", "--up-file", stack.upFilePath().toString())) {
      assertThat(stats.awaitExit(LONG)).as(stats.errors().toString()).isZero();
      return JSON.readTree(String.join("", stats.out()));
    }
  }

  /** The same image so many times. */
  private List<String> submit(int count) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("--features", "colors"));
    for (int i = 0; i < count; i++) {
      arguments.add(
          TestImages.write(folder.resolve("image-%d.png".formatted(i)), 32, 24).toString());
    }
    try (InCommand submit = stack.submit(arguments)) {
      assertThat(submit.awaitExit(LONG)).isZero();
      return submit.out().stream().map(HistoryIT::taskId).toList();
    }
  }

  private static String taskId(String row) {
    try {
      return JSON.readTree(row).path("taskId").asText();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Of each task what the library shows, without what differs from task to task. */
  private List<JsonNode> items(List<String> taskIds) throws Exception {
    JsonNode page =
        JSON.readTree(stack.get(stack.edge().resolve("/v1/tasks?limit=100")).body()).path("items");
    List<JsonNode> items = new ArrayList<>();
    for (JsonNode item : page) {
      if (taskIds.contains(item.path("taskId").asText())) {
        items.add(((ObjectNode) item).without(List.of("taskId", "createdAt", "fileName")));
      }
    }
    return items;
  }

  private long deliveries(String subscription) throws Exception {
    return stack.subscription(subscription).path("deliveries").asLong();
  }

  private JsonNode replay(String... arguments) throws Exception {
    try (InCommand replay = command(arguments)) {
      assertThat(replay.awaitExit(LONG)).as(replay.errors().toString()).isZero();
      return JSON.readTree(String.join("", replay.out()));
    }
  }

  private InCommand command(String... arguments) throws Exception {
    List<String> all =
        new ArrayList<>(
            List.of(
                "replay",
                "--to",
                "tag-indexer",
                "--json",
                "--up-file",
                stack.upFilePath().toString()));
    all.addAll(List.of(arguments));
    return InCommand.start(folder, all.toArray(String[]::new));
  }
}
