package dev.in.runner.drill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.in.runner.process.Supervisor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Everything at once: a fifth of all calls fail, and processes are killed all the time. */
final class SoakDrill implements Drill {
  private static final int TASKS = 200;
  private static final int MIN_PAUSE_MILLIS = 3_000;
  private static final int MAX_PAUSE_MILLIS = 8_000;

  @Override
  public String name() {
    return "soak";
  }

  @Override
  public String summary() {
    return "20% of Google's calls fail and a process is killed every few seconds: all complete";
  }

  @Override
  public void run(DrillStack stack, DrillOptions options, Cases cases) throws Exception {
    JsonNode expected = TaskBatch.undisturbedResult(stack);
    fail(stack, "failBefore", options.seed());
    fail(stack, "failAfter", options.seed() + 1);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<?> kills = threads.submit(() -> killForEver(stack, new Random(options.seed())));
      TaskBatch batch = TaskBatch.submit(stack, expected, options.tasksOr(TASKS));
      stack.awaitNoBacklog(Duration.ofMinutes(1).plusMillis(500L * batch.taskIds().size()));
      kills.cancel(true);
      stack.cloud().clearFaults();
      batch.check("seed " + options.seed(), cases);
    }
  }

  private static void fail(DrillStack stack, String effect, long seed) throws Exception {
    stack
        .cloud()
        .addFault(
            """
            {"calls":"google.*","effect":"%s","code":"UNAVAILABLE",
             "when":{"chance":0.1,"seed":%d}}
            """
                .formatted(effect, seed));
  }

  private static Void killForEver(DrillStack stack, Random random) throws InterruptedException {
    while (true) {
      Thread.sleep(random.nextInt(MIN_PAUSE_MILLIS, MAX_PAUSE_MILLIS));
      List<Supervisor> victims = new ArrayList<>();
      stack.functions().forEach(function -> victims.add(stack.function(function)));
      victims.add(stack.edgeSupervisor());
      victims.get(random.nextInt(victims.size())).child().kill();
    }
  }
}
