package dev.in.runner.drill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.in.runner.drill.EdgeProxy.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tokens are refused everywhere for a while, as with a wrong clock or a key that was revoked. */
final class ExpiredCredentialsDrill implements Drill {
  private static final Duration OUTAGE = Duration.ofSeconds(20);
  private static final int TASKS = 20;
  private static final int UNAUTHORIZED = 401;
  private static final List<String> CALLS =
      List.of("google.*", "pubsub.projects.topics.publish", "storage.objects.*");

  @Override
  public String name() {
    return "expired-credentials";
  }

  @Override
  public String summary() {
    return "nobody's token is accepted for a while: tasks wait, none is lost, none fails";
  }

  @Override
  public void run(DrillStack stack, DrillOptions options, Cases cases) throws Exception {
    JsonNode expected = TaskBatch.undisturbedResult(stack);
    int tasks = options.tasksOr(TASKS);
    outage(
        "Google and the edge refuse the tokens of functions and edge",
        () -> {
          for (String calls : CALLS) {
            stack.cloud().addFault(refusal(calls));
          }
          stack.edgeProxy().setRule(_ -> Optional.of(new Fault.Refused(UNAUTHORIZED)));
        },
        stack,
        expected,
        tasks,
        cases);
    outage(
        "functions refuse the tokens of Pub/Sub",
        () ->
            stack
                .cloud()
                .addFault(
                    """
                    {"calls":"pubsub.deliver/*","effect":"removeSignature"}
                    """),
        stack,
        expected,
        tasks,
        cases);
  }

  private static String refusal(String calls) {
    return """
    {"calls":"%s","effect":"failBefore","code":"UNAUTHENTICATED"}
    """
        .formatted(calls);
  }

  private interface Break {
    void begin() throws Exception;
  }

  private static void outage(
      String name, Break refused, DrillStack stack, JsonNode expected, int tasks, Cases cases)
      throws Exception {
    // The user's upload goes to Storage itself, which answers nobody then.
    List<String> uploads = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      uploads.add(stack.upload());
    }
    TaskBatch before = TaskBatch.submit(stack, expected, tasks);
    refused.begin();
    TaskBatch during = TaskBatch.submit(stack, expected, tasks, TaskBatch.inTurns(uploads));
    Thread.sleep(OUTAGE);
    cases.add(name + ": no task that was accepted then ends", during.ended(), "all wait");
    stack.clearFaults();
    before.check(name + ": tasks that were in the chain", cases);
    during.check(name + ": tasks that were accepted then", cases);
  }
}
