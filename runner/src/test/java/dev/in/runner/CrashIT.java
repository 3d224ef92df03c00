package dev.in.runner;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.in.topology.Topology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Functions killed in the middle of many images; a seed decides which and when. The seeds are new
 * each time and stand in the tests' names; {@code -Din.crash.seeds=1,2,3} chooses them.
 */
@ExtendWith(SharedStack.class)
class CrashIT {
  private static final int ROUNDS = 3;
  private static final int IMAGES = 50;
  private static final int KILLS = 3;

  /** What is published for one task, by topic. */
  private static final Map<String, Set<String>> MESSAGES = Chain.messagesOfCompletedTask();

  private static final int PER_TASK = MESSAGES.values().stream().mapToInt(Set::size).sum();

  /** What is published for one task on event topics. */
  private static final int EVENTS_PER_TASK = 4;

  /**
   * Each function looks once, tag-indexer too, and log-enhancer for each event; the first stage
   * creates the document instead.
   */
  private static final int READS_PER_TASK = Chain.functions().size() - 1 + 1 + EVENTS_PER_TASK;

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private RunningStack stack;

  @BeforeEach
  void use(RunningStack shared) {
    stack = shared;
  }

  static LongStream seeds() {
    String chosen = System.getProperty("in.crash.seeds", "");
    return chosen.isEmpty()
        ? new Random().longs(ROUNDS, 0, 1_000_000_000)
        : Arrays.stream(chosen.split(",")).mapToLong(Long::parseLong);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void allImagesCompleteAndOnlyWorkInProgressIsRepeated(long seed) throws Exception {
    List<Kill> kills = kills(new Random(seed));
    System.out.println("CrashIT: seed " + seed + ": " + kills);
    List<String> arguments = new ArrayList<>(List.of("--features", "colors"));
    for (int i = 0; i < IMAGES; i++) {
      Path image = folder.resolve("image-%02d.png".formatted(i));
      arguments.add(TestImages.write(image, 32 + i, 24).toString());
    }
    awaitAllUp();
    stack.awaitSideConsumers();
    stack.resetCounters();

    List<JsonNode> rows = new ArrayList<>();
    int inHand = 0;
    try (InCommand submit = stack.submit(arguments)) {
      for (Kill kill : kills) {
        Wait.until(this::published, count -> count >= kill.moment());
        inHand += kill(kill.function());
      }
      assertThat(submit.awaitExit(Duration.ofMinutes(6))).isZero();
      for (String line : submit.out()) {
        rows.add(JSON.readTree(line));
      }
    }

    stack.awaitSideConsumers();
    Costs costs = new Costs(stack.counters());
    assertThat(rows).hasSize(IMAGES);
    assertThat(rows).allMatch(row -> row.path("status").asText().equals("completed"));
    Set<String> taskIds = rows.stream().map(row -> row.path("taskId").asText()).collect(toSet());
    assertThat(taskIds).hasSize(IMAGES);
    assertEachFactOnce(taskIds);
    assertCosts(costs, taskIds, inHand);
  }

  /** Published again is allowed, after a crash; then it is the same message to the byte. */
  private void assertEachFactOnce(Set<String> taskIds) throws Exception {
    for (Map.Entry<String, Set<String>> topic : MESSAGES.entrySet()) {
      Map<String, List<JsonNode>> ofTasks =
          stack.published(topic.getKey()).stream()
              .filter(message -> taskIds.contains(attribute(message, "taskId")))
              .collect(groupingBy(message -> attribute(message, "taskId")));
      assertThat(ofTasks.keySet()).isEqualTo(taskIds);
      for (List<JsonNode> messages : ofTasks.values()) {
        Set<String> bodies = messages.stream().map(RunningStack::body).collect(toSet());
        assertThat(bodies).as("bodies").hasSize(topic.getValue().size());
        assertThat(messages.stream().map(message -> attribute(message, "eventId")).distinct())
            .as("ids")
            .hasSize(topic.getValue().size());
        assertThat(messages.stream().map(message -> attribute(message, "eventType")))
            .containsOnlyElementsOf(topic.getValue());
      }
    }
    assertThat(stack.published("dead-letter-topic"))
        .noneMatch(message -> taskIds.contains(attribute(message, "taskId")));
  }

  /**
   * A task costs what it costs without crashes, and what is done again for a message that a killed
   * function had: at most a read, a claim, the work, and what follows published once more.
   *
   * @param costs counted before anybody else asked
   * @param inHand messages that the functions had when they were killed
   */
  private void assertCosts(Costs costs, Set<String> taskIds, int inHand) throws Exception {
    int claims = 0;
    int downloads = 0;
    int analyses = 0;
    for (String taskId : taskIds) {
      Map<?, ?> stages = (Map<?, ?>) stack.document(taskId).get("stages");
      for (Object stage : stages.values()) {
        assertThat(number(stage, "leaseExpiries")).isZero();
        claims += number(stage, "attempts");
      }
      downloads += number(stages.get("download"), "attempts");
      analyses += number(stages.get("ai"), "attempts");
    }
    int stages = IMAGES * Chain.TOPOLOGY.chain().size();
    assertThat(claims).isBetween(stages, stages + inHand);
    assertThat(costs.of("firestore.documents.write/tasks")).isEqualTo(claims + stages);
    assertThat(costs.of("firestore.documents.delete")).isZero();
    assertThat(costs.of("pubsub.messages.published"))
        .isBetween(IMAGES * PER_TASK, IMAGES * PER_TASK + 2 * inHand);
    int endsAgain = costs.of("pubsub.messages.published.task-lifecycle-events") - IMAGES;
    int eventsAgain =
        endsAgain
            + costs.of("pubsub.messages.published.image-events")
            - IMAGES * (EVENTS_PER_TASK - 1);
    // Reconciliation may come meanwhile: it asks each shard of the index, and finds nothing.
    int queries = costs.of("google.firestore.v1.Firestore/RunQuery");
    assertThat(costs.of("firestore.documents.read/tasks"))
        .as("%d queries, %d events again, %d in hand", queries, eventsAgain, inHand)
        .isBetween(
            IMAGES * READS_PER_TASK,
            IMAGES * READS_PER_TASK + inHand + 2 * endsAgain + eventsAgain + queries);
    assertThat(costs.of("firestore.documents.write/history")).isEqualTo(IMAGES * EVENTS_PER_TASK);
    assertThat(costs.of("storage.classA")).isBetween(2 * IMAGES, IMAGES + downloads);
    assertThat(costs.of("vision.units")).isBetween(IMAGES, analyses);
  }

  private static int number(Object stage, String field) {
    return ((Long) ((Map<?, ?>) stage).get(field)).intValue();
  }

  private static String attribute(JsonNode message, String name) {
    return message.path("attributes").path(name).asText();
  }

  private long published() throws Exception {
    return new Costs(stack.counters()).of("pubsub.messages.published");
  }

  /** Ends a function in mid-step, and returns how many messages it was at. */
  private int kill(String function) throws Exception {
    stack.signal("STOP", function);
    int inHand = 0;
    for (Topology.Subscription subscription : Chain.TOPOLOGY.subscriptionsOf(function)) {
      inHand += stack.subscription(subscription.name()).path("outstanding").asInt();
    }
    Processes.kill9(stack.pid(function));
    return inHand;
  }

  private void awaitAllUp() throws Exception {
    for (String function : Chain.functions()) {
      Wait.until(() -> stack.pid(function), pid -> ProcessHandle.of(pid).isPresent());
    }
  }

  /** Which functions are killed, each once a round, and after how many published messages. */
  private static List<Kill> kills(Random random) {
    List<String> functions = new ArrayList<>(Chain.functions());
    Collections.shuffle(functions, random);
    int[] moments = random.ints(KILLS, 1, IMAGES * PER_TASK).sorted().toArray();
    List<Kill> kills = new ArrayList<>();
    for (int i = 0; i < KILLS; i++) {
      kills.add(new Kill(functions.get(i), moments[i]));
    }
    return kills;
  }

  /**
   * @param moment messages published before, of all tasks together
   */
  private record Kill(String function, int moment) {}

  /** Calls and billable units by name. */
  private record Costs(JsonNode counters) {

    int of(String name) {
      return counters.path(name).asInt(0);
    }
  }
}
