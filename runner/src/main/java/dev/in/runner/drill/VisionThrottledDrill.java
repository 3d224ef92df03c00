package dev.in.runner.drill;

import com.fasterxml.jackson.databind.JsonNode;

/** Vision refuses most calls for lack of quota, as at noon on a busy day. */
final class VisionThrottledDrill implements Drill {
  private static final int TASKS = 40;

  @Override
  public String name() {
    return "vision-throttled";
  }

  @Override
  public String summary() {
    return "Vision answers RESOURCE_EXHAUSTED to 7 calls of 10: all tasks complete";
  }

  @Override
  public void run(DrillStack stack, DrillOptions options, Cases cases) throws Exception {
    JsonNode expected = TaskBatch.undisturbedResult(stack);
    stack
        .cloud()
        .addFault(
            """
            {"calls":"google.cloud.vision.v1.ImageAnnotator/*","effect":"failBefore",
             "code":"RESOURCE_EXHAUSTED","when":{"chance":0.7,"seed":%d}}
            """
                .formatted(options.seed()));
    TaskBatch.submit(stack, expected, options.tasksOr(TASKS)).check("while throttled", cases);
  }
}
