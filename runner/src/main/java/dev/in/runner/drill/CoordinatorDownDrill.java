package dev.in.runner.drill;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The edge is gone while tasks are in the chain: their results wait for it. */
final class CoordinatorDownDrill implements Drill {
  private static final Duration OUTAGE = Duration.ofSeconds(20);
  private static final Duration CHAIN_LIMIT = Duration.ofMinutes(3);
  private static final int TASKS = 20;

  @Override
  public String name() {
    return "coordinator-down";
  }

  @Override
  public String summary() {
    return "the edge is down while tasks are processed: results are delivered once it is back";
  }

  @Override
  public void run(DrillStack stack, DrillOptions options, Cases cases) throws Exception {
    JsonNode expected = TaskBatch.undisturbedResult(stack);
    String pause =
        stack
            .cloud()
            .addFault(
                """
                {"calls":"google.cloud.vision.v1.ImageAnnotator/*","effect":"failBefore",
                 "code":"UNAVAILABLE"}
                """);
    TaskBatch batch = TaskBatch.submit(stack, expected, options.tasksOr(TASKS));
    awaitPublished(stack, batch);
    stack.edgeSupervisor().holdDown();
    stack.clearFaults();
    cases.add(
        "the chain completes without the edge",
        awaitDocuments(stack, batch)
            ? List.of()
            : List.of("not all documents are completed; fault " + pause),
        "all documents are completed");
    Thread.sleep(OUTAGE);
    stack.edgeSupervisor().release();
    batch.check("after the outage", cases);
  }

  /** The edge has published all, or it could not do so while it is down. */
  private static void awaitPublished(DrillStack stack, TaskBatch batch) throws Exception {
    for (String taskId : batch.taskIds()) {
      DrillStack.await(CHAIN_LIMIT, () -> stack.cloud().document(taskId));
    }
  }

  private static boolean awaitDocuments(DrillStack stack, TaskBatch batch) throws Exception {
    for (String taskId : batch.taskIds()) {
      Optional<JsonNode> completed =
          DrillStack.await(
              CHAIN_LIMIT,
              () ->
                  stack
                      .cloud()
                      .document(taskId)
                      .filter(fields -> TaskCheck.text(fields.path("status")).equals("completed")));
      if (completed.isEmpty()) {
        return false;
      }
    }
    return true;
  }
}
