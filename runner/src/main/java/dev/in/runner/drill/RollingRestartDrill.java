package dev.in.runner.drill;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A deployment: every function is stopped with SIGTERM and replaced while it has work. */
final class RollingRestartDrill implements Drill {
  private static final Duration RESTART_LIMIT = Duration.ofMinutes(2);
  private static final int TASKS = 60;

  @Override
  public String name() {
    return "rolling-restart";
  }

  @Override
  public String summary() {
    return "each function gets SIGTERM while tasks are processed: all complete";
  }

  @Override
  public void run(DrillStack stack, DrillOptions options, Cases cases) throws Exception {
    JsonNode expected = TaskBatch.undisturbedResult(stack);
    try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
      Future<TaskBatch> submission =
          thread.submit(() -> TaskBatch.submit(stack, expected, options.tasksOr(TASKS)));
      for (String function : stack.functions()) {
        cases.add(
            function + " is replaced",
            replace(stack, function) ? List.of() : List.of("not up after the restart"),
            "up again");
      }
      submission.get().check("all tasks", cases);
    }
  }

  private static boolean replace(DrillStack stack, String function) throws Exception {
    long before = stack.function(function).child().pid();
    ProcessHandle.of(before).ifPresent(ProcessHandle::destroy);
    return DrillStack.await(
                RESTART_LIMIT,
                () ->
                    java.util.Optional.of(stack.function(function).child().pid())
                        .filter(pid -> pid != before))
            .isPresent()
        && stack.awaitAllAlive(RESTART_LIMIT);
  }
}
