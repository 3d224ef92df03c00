package dev.in.runner.drill;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;

/** Vision answers nobody: {@code ai} starts nevertheless, tasks wait, and none fails. */
final class VisionDownDrill implements Drill {
  private static final Duration OUTAGE = Duration.ofSeconds(20);
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final int TASKS = 20;

  @Override
  public String name() {
    return "vision-down";
  }

  @Override
  public String summary() {
    return "Vision answers UNAVAILABLE: ai starts all the same, tasks wait, then all complete";
  }

  @Override
  public void run(DrillStack stack, DrillOptions options, Cases cases) throws Exception {
    JsonNode expected = TaskBatch.undisturbedResult(stack);
    stack
        .cloud()
        .addFault(
            """
            {"calls":"google.cloud.vision.v1.ImageAnnotator/*","effect":"failBefore",
             "code":"UNAVAILABLE"}
            """);
    stack.function("ai").child().kill();
    cases.add(
        "ai starts while Vision is down",
        stack.awaitAllAlive(START_LIMIT) ? List.of() : List.of("ai is not up"),
        "up");
    TaskBatch batch = TaskBatch.submit(stack, expected, options.tasksOr(TASKS));
    Thread.sleep(OUTAGE);
    cases.add("no task ends during the outage", batch.ended(), "all wait");
    stack.clearFaults();
    batch.check("after the outage", cases);
  }
}
