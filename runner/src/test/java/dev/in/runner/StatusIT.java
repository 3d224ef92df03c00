package dev.in.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.in.runner.RunningStack.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./in status} of a stack that is well, and of one that is not. */
@ExtendWith(SharedStack.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class StatusIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SOON = 2;

  @TempDir private Path folder;
  private RunningStack stack;
  private StackPubSub pubSub;

  @BeforeEach
  void allIsQuiet(RunningStack shared) throws Exception {
    stack = shared;
    pubSub = new StackPubSub(shared);
    Wait.until(this::waiting, none -> none == 0);
    stack.removeDeadLetters();
  }

  @AfterEach
  void goOn() throws Exception {
    stack.signal("CONT", "metadata");
    stack.removeDeadLetters();
    pubSub.close();
  }

  @Test
  void aHealthyStackHasNoProblems() throws Exception {
    complete(TestImages.write(folder.resolve("a.png"), 8, 8));
    stack.awaitSideConsumers();

    Status status = stack.status(60);

    assertThat(status.json().path("problems")).isEmpty();
    assertThat(status.json().path("ok").asBoolean()).isTrue();
    assertThat(status.exit()).isZero();
    assertThat(status.json().path("edge").asText()).isEqualTo("up");
    assertThat(status.json().path("functions"))
        .extracting(one -> one.path("name").asText() + " " + one.path("health").asText())
        .containsAll(Chain.functions().stream().map(name -> name + " up").toList());
    assertThat(subscription(status, "sync").path("deliveries").asLong()).isPositive();
    assertThat(subscription(status, "sync").path("backlog").asLong()).isZero();
    assertThat(subscription(status, "dead-letter").path("backlog").asLong()).isZero();
    assertThat(status.json().path("deadLetters").asInt(-1)).isZero();
    assertThat(status.json().path("switches").toString())
        .isEqualTo("{\"analysis\":true,\"callbacks\":true,\"mail\":true}");
  }

  @Test
  void aStoppedFunctionItsBacklogAndAFailedTaskAreEachSeenForWhatTheyAre() throws Exception {
    long failedBefore = failed(stack.status(60), "unsupported_type");
    Path image = TestImages.write(folder.resolve("a.png"), 8, 8);
    Path text = Files.writeString(folder.resolve("b.jpg"), "no image at all");
    stack.signal("STOP", "metadata");
    try (InCommand submit = stack.submit(image)) {
      try (InCommand failing = stack.submit(text)) {
        assertThat(failing.awaitExit(Duration.ofMinutes(2))).isEqualTo(1);
      }
      Wait.until(() -> oldest("metadata"), age -> age > SOON);

      Status status = stack.status(SOON);

      assertThat(status.exit()).isEqualTo(1);
      assertThat(status.json().path("problems"))
          .extracting(JsonNode::asText)
          .satisfiesExactly(
              silent -> assertThat(silent).isEqualTo("metadata: no answer"),
              late ->
                  assertThat(late)
                      .startsWith("the subscription metadata is late: 1 messages, the oldest "));
      assertThat(function(status, "metadata").path("health").asText()).isEqualTo("no answer");
      assertThat(function(status, "download").path("health").asText()).isEqualTo("up");
      assertThat(subscription(status, "metadata").path("backlog").asLong()).isEqualTo(1);
      assertThat(subscription(status, "metadata").path("oldestSeconds").asDouble())
          .isGreaterThan(SOON);
      assertThat(subscription(status, "ai-work").path("backlog").asLong()).isZero();
      // A task that failed because of its image is counted, and is not a problem.
      assertThat(failed(status, "unsupported_type")).isEqualTo(failedBefore + 1);

      stack.signal("CONT", "metadata");
      assertThat(submit.awaitExit(Duration.ofMinutes(3))).isZero();
    }
    Wait.until(this::waiting, none -> none == 0);
    assertThat(stack.status(60).exit()).isZero();
  }

  @Test
  void aDeadLetterIsReported() throws Exception {
    pubSub.publishUndecodable("ai-topic");
    Wait.until(() -> stack.deadLetters().size(), one -> one == 1);

    Status status = stack.status(60);

    assertThat(status.exit()).isEqualTo(1);
    assertThat(status.json().path("problems"))
        .extracting(JsonNode::asText)
        .containsExactly("1 dead letters are recorded");
    assertThat(status.json().path("deadLetters").asInt()).isEqualTo(1);
    assertThat(stack.deadLetters().getFirst())
        .containsEntry("subscription", "ai-work")
        .containsEntry("done", "recorded");
  }

  private void complete(Path image) throws Exception {
    try (InCommand submit = stack.submit(image)) {
      assertThat(submit.awaitExit(Duration.ofMinutes(5))).isZero();
    }
  }

  private double oldest(String subscription) throws Exception {
    return pages(subscription).path("oldestUnackedSeconds").asDouble(0);
  }

  /** Messages that anybody has still to handle. */
  private long waiting() throws Exception {
    JsonNode all = pages("");
    return StreamSupport.stream(all.spliterator(), false)
        .mapToLong(one -> one.path("backlog").asLong())
        .sum();
  }

  private JsonNode pages(String subscription) throws Exception {
    JsonNode all =
        JSON.readTree(stack.get(stack.cloud("/_in/pubsub")).body()).path("subscriptions");
    return subscription.isEmpty() ? all : all.path(subscription);
  }

  private static long failed(Status status, String code) {
    return function(status, "download").path("failures").path(code).asLong(0);
  }

  private static JsonNode function(Status status, String name) {
    return named(status.json().path("functions"), name);
  }

  private static JsonNode subscription(Status status, String name) {
    return named(status.json().path("subscriptions"), name);
  }

  private static JsonNode named(JsonNode list, String name) {
    return StreamSupport.stream(list.spliterator(), false)
        .filter(one -> one.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
