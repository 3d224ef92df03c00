package dev.in.runner.drill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.in.runner.stack.StackExtent;
import dev.in.topology.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Side consumers are stopped, fail, are slow and flap while tasks are processed: the chain neither
 * notices nor pays for it, and afterwards library, feed and history have everything once. For each
 * of the four, half of the tasks come before and half after those of a clean run, so that what the
 * machine does besides is the same for both.
 */
final class SideConsumersDrill implements Drill {
  private static final int TASKS = 300;
  private static final int SHOWN_PROBLEMS = 5;
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SETTLING = Duration.ofSeconds(30);

  @Override
  public String name() {
    return "side-consumers";
  }

  @Override
  public String summary() {
    return "side consumers stopped, failing, slow and flapping: the chain is the same, and nothing"
        + " is missing or there twice";
  }

  @Override
  public StackExtent extent() {
    return StackExtent.EVERYTHING;
  }

  @Override
  public boolean reportsProgress() {
    return true;
  }

  @Override
  public void run(DrillStack stack, DrillOptions options, Cases cases) throws Exception {
    int half = Math.max(1, options.tasksOr(TASKS) / 2);
    stack.awaitAllAlive(LONG);
    JsonNode result = TaskBatch.undisturbedResult(stack);
    stack.awaitNoBacklog(LONG);
    JsonNode entry =
        DrillStack.await(
                LONG,
                () ->
                    stack.account().library().stream()
                        .findFirst()
                        .filter(item -> item.path("status").asText().equals("completed")))
            .orElseThrow(() -> new IllegalStateException("an undisturbed task is not listed"));
    Round round = new Round(stack, cases, half, result, entry);
    round.run("warm-up", Optional.empty());
    for (SideDisturbance disturbance : SideDisturbance.values()) {
      String cleanName = "clean beside " + disturbance.shown();
      ChainUsage before = round.run(disturbance.shown(), Optional.of(disturbance));
      ChainUsage clean =
          round.run(cleanName, Optional.empty()).plus(round.run(cleanName, Optional.empty()));
      ChainUsage disturbed = before.plus(round.run(disturbance.shown(), Optional.of(disturbance)));
      cases.add(
          "the chain while side consumers are " + disturbance.shown(),
          disturbed.problemsBeside(clean),
          disturbed.comparedWith(clean));
    }
  }

  /** Some tasks from their submission to the end of all that follows from them. */
  private record Round(
      DrillStack stack, Cases cases, int tasks, JsonNode result, JsonNode libraryEntry) {

    ChainUsage run(String name, Optional<SideDisturbance> disturbance) throws Exception {
      long cursor = stack.account().cursor();
      ChainUsage.Reading before = ChainUsage.Reading.of(stack);
      SideDisturbance.Running running =
          disturbance.isPresent() ? disturbance.get().begin(stack) : () -> {};
      TaskBatch batch;
      ChainUsage usage;
      try {
        batch = TaskBatch.submit(stack, result, tasks);
        batch.awaitEnds(LONG);
        usage = ChainUsage.Reading.of(stack).since(before, tasks);
      } finally {
        running.end();
      }
      stack.awaitAllAlive(LONG);
      batch.check(name + ": tasks", cases);
      // Coordinators report to the account after they have answered whoever asked them.
      DrillStack.await(SETTLING, () -> Optional.of(problems(batch, cursor)).filter(List::isEmpty));
      List<String> problems = problems(batch, cursor);
      cases.add(
          name + ": library, feed and history",
          problems.subList(0, Math.min(problems.size(), SHOWN_PROBLEMS)),
          "each of %d tasks once".formatted(tasks));
      return usage;
    }

    private List<String> problems(TaskBatch batch, long cursor) throws Exception {
      List<String> problems = new ArrayList<>();
      problems.addAll(
          AccountCheck.library(stack.account().library(), batch.taskIds(), libraryEntry));
      problems.addAll(AccountCheck.feed(stack.account().feed(cursor), batch.taskIds(), cursor));
      problems.addAll(historyProblems(batch));
      return problems;
    }

    private List<String> historyProblems(TaskBatch batch) throws Exception {
      Topology topology = Topology.load();
      PublishedMessages published = new PublishedMessages(stack.cloud(), topology);
      List<String> problems = new ArrayList<>();
      for (String taskId : batch.taskIds()) {
        problems.addAll(
            HistoryCheck.problems(
                taskId,
                HistoryCheck.eventIds(published, topology, taskId),
                stack.recordedEvents(taskId)));
      }
      return problems;
    }
  }
}
