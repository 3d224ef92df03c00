package dev.in.runner.drill;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The functions' clocks differ by minutes, longer than a lease lasts. */
final class ClockSkewDrill implements Drill {
  private static final int TASKS = 40;
  private static final String OFFSET = "IN_CLOCK_OFFSET";
  private static final String AHEAD = "PT4M";
  private static final String BEHIND = "PT-4M";

  @Override
  public String name() {
    return "clock-skew";
  }

  @Override
  public String summary() {
    return "clocks of functions are 4 minutes ahead or behind: all complete once";
  }

  @Override
  public Map<String, Map<String, String>> functionSettings() {
    return Map.of(
        "download", Map.of(OFFSET, AHEAD),
        "metadata", Map.of(OFFSET, BEHIND),
        "sync", Map.of(OFFSET, BEHIND),
        "recovery", Map.of(OFFSET, AHEAD));
  }

  /** Leases matter where messages come twice and processes die. */
  @Override
  public void run(DrillStack stack, DrillOptions options, Cases cases) throws Exception {
    JsonNode expected = TaskBatch.undisturbedResult(stack);
    stack
        .cloud()
        .addFault(
            """
            {"calls":"pubsub.deliver/*","effect":"duplicate","when":{"chance":0.3,"seed":%d}}
            """
                .formatted(options.seed()));
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Future<TaskBatch> submission =
          thread.submit(() -> TaskBatch.submit(stack, expected, options.tasksOr(TASKS)));
      for (String function : List.of("download", "metadata", "ai")) {
        stack.killOnceItHasWork(function);
      }
      TaskBatch batch = submission.get();
      batch.check("messages delivered twice and functions killed, on clocks that differ", cases);
    }
    stack.clearFaults();
  }
}
