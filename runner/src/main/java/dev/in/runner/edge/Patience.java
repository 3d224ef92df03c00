package dev.in.runner.edge;

import static java.util.Objects.requireNonNull;

import dev.in.runner.process.StackFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/** Tries again what may pass: an edge that is being started again is back within seconds. */
public final class Patience {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final Duration limit;
  private final Consumer<String> notes;

  /**
   * @param limit how long an edge may stay away
   * @param notes told, in words for people, when a call has to be made again
   */
  public Patience(Duration limit, Consumer<String> notes) {
    this.limit = requireNonNull(limit, "limit is null");
    this.notes = requireNonNull(notes, "notes is null");
  }

  /** Makes the call until it is answered. */
  <T> T call(Call<T> call) throws StackFailure, InterruptedException, EdgeRefusal {
    long firstFailure = 0;
    for (Duration pause = FIRST_PAUSE; ; pause = longer(pause)) {
      try {
        return call.make();
      } catch (IOException e) {
        if (e.getCause() instanceof InterruptedException) {
          throw new InterruptedException();
        }
        if (firstFailure == 0) {
          firstFailure = System.nanoTime();
          notes.accept("trying again: " + e);
        } else if (System.nanoTime() - firstFailure > limit.toNanos()) {
          throw new StackFailure("the edge does not answer: " + e, e);
        }
      }
      Thread.sleep(pause);
    }
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  /** A call that may be made more than once. */
  @FunctionalInterface
  interface Call<T> {
    T make() throws IOException, InterruptedException, EdgeRefusal;
  }
}
