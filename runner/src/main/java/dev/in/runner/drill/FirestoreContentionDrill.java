package dev.in.runner.drill;

import com.fasterxml.jackson.databind.JsonNode;

/** Firestore aborts commits, some of them after they have taken effect. */
final class FirestoreContentionDrill implements Drill {
  private static final int TASKS = 40;

  @Override
  public String name() {
    return "firestore-contention";
  }

  @Override
  public String summary() {
    return "Firestore aborts 3 commits of 10, and loses the answers of 1 of 10: all complete";
  }

  @Override
  public void run(DrillStack stack, DrillOptions options, Cases cases) throws Exception {
    JsonNode expected = TaskBatch.undisturbedResult(stack);
    abort(stack, "failBefore", 0.3, options.seed());
    abort(stack, "failAfter", 0.1, options.seed() + 1);
    TaskBatch.submit(stack, expected, options.tasksOr(TASKS)).check("under contention", cases);
  }

  private static void abort(DrillStack stack, String effect, double chance, long seed)
      throws Exception {
    stack
        .cloud()
        .addFault(
            """
            {"calls":"google.firestore.v1.Firestore/Commit","effect":"%s","code":"ABORTED",
             "when":{"chance":%s,"seed":%d}}
            """
                .formatted(effect, chance, seed));
  }
}
