package dev.in.runner.drill;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Of every ten tasks one cannot be decoded, one fails for good and one waits for a host that never
 * answers: the other seven are hardly slower than in a run without those. Both kinds of round take
 * turns, and the good tasks come at the same moments in both.
 */
final class PoisonDrill implements Drill {
  private static final int PAIRS = 5;
  private static final int TASKS = 30;
  private static final double MAX_RATIO = 1.2;

  @Override
  public String name() {
    return "poison";
  }

  @Override
  public String summary() {
    return "3 tasks of 10 are hopeless: the good ones' p95 grows by a fifth at most";
  }

  @Override
  public void run(DrillStack stack, DrillOptions options, Cases cases) throws Exception {
    TaskBatch.undisturbedResult(stack);
    Path noImage = Files.createTempFile("in-drill-", ".gif");
    try {
      Files.writeString(noImage, "not an image");
      List<Duration> clean = new ArrayList<>();
      List<Duration> poisoned = new ArrayList<>();
      for (int pair = 0; pair < PAIRS; pair++) {
        boolean cleanFirst = pair % 2 == 0;
        for (boolean withPoison : new boolean[] {!cleanFirst, cleanFirst}) {
          PoisonRound round = new PoisonRound(stack, noImage, withPoison);
          (withPoison ? poisoned : clean).addAll(round.run(options.tasksOr(TASKS)));
          cases.add(
              "pair %d, %s".formatted(pair + 1, withPoison ? "poisoned" : "clean"),
              round.problems(),
              round.counts());
        }
      }
      compare(clean, poisoned, cases);
    } finally {
      Files.delete(noImage);
    }
  }

  private static void compare(List<Duration> clean, List<Duration> poisoned, Cases cases) {
    double ratio = (double) p95(poisoned).toMillis() / p95(clean).toMillis();
    String detail =
        "p95 %d ms of %d tasks, clean %d ms of %d: ratio %.2f"
            .formatted(
                p95(poisoned).toMillis(),
                poisoned.size(),
                p95(clean).toMillis(),
                clean.size(),
                ratio);
    cases.add(
        "good tasks beside poison",
        ratio <= MAX_RATIO ? List.of() : List.of(detail + ", more than " + MAX_RATIO),
        detail);
  }

  /** The smallest that at least 95% do not exceed. */
  static Duration p95(List<Duration> times) {
    List<Duration> sorted = times.stream().sorted().toList();
    return sorted.get((int) Math.ceil(sorted.size() * 0.95) - 1);
  }
}
