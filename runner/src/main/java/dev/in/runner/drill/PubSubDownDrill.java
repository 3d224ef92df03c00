package dev.in.runner.drill;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;

/** Nothing can be published: the edge still accepts tasks, and its outbox keeps them. */
final class PubSubDownDrill implements Drill {
  private static final Duration OUTAGE = Duration.ofSeconds(15);
  private static final int TASKS = 20;
  private static final List<String> PUBLISH_CALLS =
      List.of("google.pubsub.v1.Publisher/*", "pubsub.projects.topics.publish");

  @Override
  public String name() {
    return "pubsub-down";
  }

  @Override
  public String summary() {
    return "Pub/Sub takes no messages: chain and edge wait, and nothing is lost";
  }

  @Override
  public void run(DrillStack stack, DrillOptions options, Cases cases) throws Exception {
    JsonNode expected = TaskBatch.undisturbedResult(stack);
    TaskBatch before = TaskBatch.submit(stack, expected, options.tasksOr(TASKS));
    for (String calls : PUBLISH_CALLS) {
      stack
          .cloud()
          .addFault(
              """
              {"calls":"%s","effect":"failBefore","code":"UNAVAILABLE"}
              """
                  .formatted(calls));
    }
    TaskBatch during = TaskBatch.submit(stack, expected, options.tasksOr(TASKS));
    Thread.sleep(OUTAGE);
    cases.add("no task that was accepted in the outage ends in it", during.ended(), "all wait");
    stack.clearFaults();
    before.check("tasks that were in the chain", cases);
    during.check("tasks that were accepted in the outage", cases);
  }
}
