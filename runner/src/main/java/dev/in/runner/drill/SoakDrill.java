package dev.in.runner.drill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.in.runner.drill.EdgeProxy.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Everything at once: a fifth of all calls fail, and processes are killed all the time. The tasks
 * come in waves, each of which ends under fire and is checked in the quiet after it.
 */
final class SoakDrill implements Drill {
  private static final int TASKS = 200;
  private static final int UPLOADS = 8;

  /** Fewer messages than the local cloud keeps to be looked at. */
  private static final int WAVE = 500;

  /** Of calls refused, and again of answers lost: together a fifth of all calls. */
  private static final double CHANCE = 0.1;

  /** Every call of the chain to Google, the edge's among them; not those of the drill itself. */
  private static final List<String> CALLS =
      List.of(
          "google.pubsub.v1.Publisher/*",
          "google.firestore.v1.Firestore/*",
          "google.cloud.vision.v1.ImageAnnotator/*",
          "pubsub.projects.topics.publish",
          "storage.objects.get",
          "storage.objects.insert*");

  @Override
  public String name() {
    return "soak";
  }

  @Override
  public String summary() {
    return "20% of all calls fail and a process is killed every few seconds: all complete";
  }

  @Override
  public void run(DrillStack stack, DrillOptions options, Cases cases) throws Exception {
    JsonNode expected = TaskBatch.undisturbedResult(stack);
    List<String> uploads = new ArrayList<>();
    for (int i = 0; i < UPLOADS; i++) {
      uploads.add(stack.upload());
    }
    int tasks = options.tasksOr(TASKS);
    for (int done = 0; done < tasks; done += WAVE) {
      wave(stack, options.seed() + done, expected, uploads, Math.min(WAVE, tasks - done), cases);
    }
  }

  private static void wave(
      DrillStack stack, long seed, JsonNode expected, List<String> uploads, int tasks, Cases cases)
      throws Exception {
    long start = System.nanoTime();
    List<String> rules = fail(stack, seed);
    try (RandomKills kills = RandomKills.start(stack, seed)) {
      TaskBatch batch = TaskBatch.submit(stack, expected, tasks, TaskBatch.inTurns(uploads));
      batch.awaitEnds(Duration.ofMinutes(2).plusSeconds(tasks));
      kills.close();
      long failed = stack.edgeProxy().hits();
      for (String rule : rules) {
        failed += stack.cloud().hits(rule);
      }
      stack.clearFaults();
      String suffered =
          " in %d s, %d calls failed, %d processes killed"
              .formatted(
                  Duration.ofNanos(System.nanoTime() - start).toSeconds(), failed, kills.count());
      batch.check("%d tasks, seed %d".formatted(tasks, seed), cases, suffered, Set.of());
    }
  }

  private static List<String> fail(DrillStack stack, long seed) throws Exception {
    List<String> rules = new ArrayList<>();
    long own = seed;
    for (String calls : CALLS) {
      // The second is one that Google's clients do not try again by themselves.
      for (String effect :
          List.of(
              "\"failBefore\",\"code\":\"UNAVAILABLE\"", "\"failAfter\",\"code\":\"INTERNAL\"")) {
        rules.add(
            stack
                .cloud()
                .addFault(
                    """
                    {"calls":"%s","effect":%s,
                     "when":{"chance":%s,"seed":%d}}
                    """
                        .formatted(calls, effect, CHANCE, ++own)));
      }
    }
    stack.edgeProxy().setRule(number -> fault(seed, number));
    return rules;
  }

  /** The same calls for the same seed. */
  private static Optional<Fault> fault(long seed, long number) {
    double chance = new SplittableRandom(seed * 31 + number).nextDouble();
    if (chance < CHANCE) {
      return Optional.of(new Fault.Refused(503));
    }
    return chance < 2 * CHANCE ? Optional.of(new Fault.AnswerLost()) : Optional.empty();
  }
}
