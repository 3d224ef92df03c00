package dev.in.runner.drill;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All documents are lost, and brought back as they were a while ago: some of them from before their
 * tasks ended. Coordinators keep what they know; the chain makes up for what documents have
 * forgotten.
 */
final class RestoreDrill implements Drill {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final int TASKS = 20;

  @Override
  public String name() {
    return "restore";
  }

  @Override
  public String summary() {
    return "documents are exported, lost and brought back: what had not ended by then ends again,"
        + " and owners see nothing of it";
  }

  @Override
  public void run(DrillStack stack, DrillOptions options, Cases cases) throws Exception {
    int half = Math.max(1, options.tasksOr(TASKS) / 2);
    JsonNode result = TaskBatch.undisturbedResult(stack);
    TaskBatch ended = TaskBatch.submit(stack, result, half);
    ended.awaitEnds(LONG);
    stack
        .cloud()
        .addFault(
            """
            {"calls":"google.cloud.vision.v1.ImageAnnotator/*","effect":"failBefore",
             "code":"UNAVAILABLE"}
            """);
    TaskBatch working = TaskBatch.submit(stack, result, half);
    List<String> all = Stream.of(ended, working).flatMap(it -> it.taskIds().stream()).toList();
    for (String taskId : working.taskIds()) {
      DrillStack.await(LONG, () -> status(stack, taskId, "metadata").filter("completed"::equals));
    }
    Map<String, JsonNode> backup = export(stack, all);
    stack.clearFaults();
    ended.check("those that had ended by the backup", cases);
    working.check("those that ended after it", cases);
    stack.awaitNoBacklog(LONG);
    long feed = stack.account().cursor();

    for (String taskId : all) {
      stack.cloud().deleteDocument(taskId);
    }
    cases.add(
        "the edge answers without documents",
        unequal(ended.ended().size() + working.ended().size(), all.size(), "tasks have ended"),
        "all %d tasks as before".formatted(all.size()));
    for (Map.Entry<String, JsonNode> document : backup.entrySet()) {
      stack.cloud().putDocument(document.getKey(), document.getValue());
    }
    cases.add(
        "the backup is of work in progress",
        endedAgain(stack, working).isEmpty() ? List.of() : List.of("every task had ended by then"),
        "%d documents are of before their tasks' end".formatted(working.taskIds().size()));

    for (String taskId : working.taskIds()) {
      DrillStack.await(LONG, () -> status(stack, taskId).filter("completed"::equals));
    }
    stack.awaitNoBacklog(LONG);
    cases.add(
        "documents that were behind catch up",
        unequal(endedAgain(stack, working).size(), half, "of %d documents".formatted(half)),
        "%d complete again".formatted(half));
    cases.add(
        "documents that were not behind stay as they were",
        differing(backup, export(stack, ended.taskIds())),
        "%d are the same".formatted(half));
    List<String> entries = new ArrayList<>();
    if (stack.account().cursor() != feed) {
      entries.add("the feed went from %d to %d".formatted(feed, stack.account().cursor()));
    }
    cases.add("coordinators keep their verdicts, and say nothing twice", entries, "no new entry");
  }

  private static Map<String, JsonNode> export(DrillStack stack, List<String> taskIds)
      throws IOException, InterruptedException {
    Map<String, JsonNode> documents = new LinkedHashMap<>();
    for (String taskId : taskIds) {
      documents.put(taskId, stack.cloud().document(taskId).orElseThrow());
    }
    return documents;
  }

  private static List<String> endedAgain(DrillStack stack, TaskBatch batch)
      throws IOException, InterruptedException {
    List<String> completed = new ArrayList<>();
    for (String taskId : batch.taskIds()) {
      if (status(stack, taskId).equals(Optional.of("completed"))) {
        completed.add(taskId);
      }
    }
    return completed;
  }

  private static Optional<String> status(DrillStack stack, String taskId)
      throws IOException, InterruptedException {
    return stack.cloud().document(taskId).map(fields -> TaskCheck.text(fields.path("status")));
  }

  private static Optional<String> status(DrillStack stack, String taskId, String stage)
      throws IOException, InterruptedException {
    return stack
        .cloud()
        .document(taskId)
        .map(fields -> TaskCheck.stages(fields).get(stage))
        .map(state -> TaskCheck.text(state.path("status")));
  }

  private static List<String> unequal(int actual, int expected, String what) {
    return actual == expected ? List.of() : List.of("%d %s".formatted(actual, what));
  }

  private static List<String> differing(Map<String, JsonNode> before, Map<String, JsonNode> after) {
    return after.entrySet().stream()
        .filter(one -> !one.getValue().equals(before.get(one.getKey())))
        .map(one -> one.getKey() + " differs")
        .toList();
  }
}
