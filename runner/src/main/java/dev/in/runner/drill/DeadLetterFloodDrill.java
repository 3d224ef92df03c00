package dev.in.runner.drill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.in.topology.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Thousands of messages that nobody can read come in on the task topics, and what Pub/Sub gave up
 * comes back long after its task has ended.
 */
final class DeadLetterFloodDrill implements Drill {
  private static final int LETTERS_PER_TOPIC = 700;
  private static final int TASKS = 40;
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final String DEAD_LETTERS = "dead-letter-topic";
  private static final String REASON = "deadLetterReason";
  private static final Map<String, String> GIVEN_UP =
      Map.of(
          "CloudPubSubDeadLetterSourceSubscription", "download",
          "CloudPubSubDeadLetterSourceDeliveryCount", "100");

  @Override
  public String name() {
    return "dead-letter-flood";
  }

  @Override
  public String summary() {
    return "thousands of unreadable messages: each becomes a dead letter, all tasks complete";
  }

  @Override
  public void run(DrillStack stack, DrillOptions options, Cases cases) throws Exception {
    JsonNode expected = TaskBatch.undisturbedResult(stack);
    Set<String> flood = flood(stack);
    TaskBatch batch = TaskBatch.submit(stack, expected, options.tasksOr(TASKS));
    batch.check("tasks in the middle of the flood", cases);
    cases.add(
        "every unreadable message is a dead letter with a reason",
        problems(stack, flood),
        flood.size() + " dead letters");
    giveUpFirstMessages(stack, batch.taskIds());
    stack.awaitNoBacklog(LIMIT);
    batch.check(
        "tasks whose first message is given up although they have ended",
        cases,
        "",
        Set.of(DEAD_LETTERS));
  }

  private static Set<String> flood(DrillStack stack) throws Exception {
    Set<String> texts = new HashSet<>();
    for (Topology.Topic topic : Topology.load().topics().values()) {
      if (topic.kind() == Topology.Topic.Kind.TASK) {
        List<String> letters =
            IntStream.range(0, LETTERS_PER_TOPIC)
                .mapToObj(number -> "not an event: " + topic.name() + " " + number)
                .toList();
        stack.cloud().publish(topic.name(), letters, Map.of());
        texts.addAll(letters);
      }
    }
    return texts;
  }

  private static List<String> problems(DrillStack stack, Set<String> flood) throws Exception {
    DrillStack.await(
        LIMIT,
        () ->
            stack.cloud().published(DEAD_LETTERS).size() >= flood.size()
                ? Optional.of(true)
                : Optional.empty());
    Set<String> missing = new TreeSet<>(flood);
    List<String> problems = new ArrayList<>();
    for (JsonNode letter : stack.cloud().published(DEAD_LETTERS)) {
      missing.remove(LocalCloudClient.text(letter));
      if (!letter.path("attributes").has(REASON)) {
        problems.add("no reason: " + letter);
      }
    }
    if (!missing.isEmpty()) {
      problems.add("%d missing, as '%s'".formatted(missing.size(), missing.iterator().next()));
    }
    return problems;
  }

  /** As Pub/Sub forwards a message after its last attempt. */
  private static void giveUpFirstMessages(DrillStack stack, List<String> taskIds) throws Exception {
    Map<String, List<JsonNode>> requests = stack.cloud().publishedByTask("download-topic");
    for (String taskId : taskIds) {
      JsonNode first = requests.get(taskId).getFirst();
      Map<String, String> attributes = new HashMap<>(GIVEN_UP);
      first
          .path("attributes")
          .properties()
          .forEach(one -> attributes.put(one.getKey(), one.getValue().asText()));
      stack.cloud().publish(DEAD_LETTERS, List.of(LocalCloudClient.text(first)), attributes);
    }
  }
}
