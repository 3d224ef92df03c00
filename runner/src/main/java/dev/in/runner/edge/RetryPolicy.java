package dev.in.runner.edge;

import static java.util.Objects.requireNonNull;

import dev.in.runner.process.StackFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/** Repeats calls that may succeed later: a restarting edge is back within seconds. */
public final class RetryPolicy {
  private static final Duration INITIAL_BACKOFF = Duration.ofMillis(100);
  private static final Duration MAX_BACKOFF = Duration.ofSeconds(2);

  private final Duration limit;
  private final Consumer<String> notes;

  /**
   * @param limit how long an edge may stay away
   * @param notes receives a sentence for people when a call has to be repeated
   */
  public RetryPolicy(Duration limit, Consumer<String> notes) {
    this.limit = requireNonNull(limit, "limit is null");
    this.notes = requireNonNull(notes, "notes is null");
  }

  /** Makes the call until it is answered. */
  <T> T call(Call<T> call) throws StackFailure, InterruptedException, EdgeRefusal {
    long firstFailure = 0;
    for (Duration pause = INITIAL_BACKOFF; ; pause = longer(pause)) {
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
    return twice.compareTo(MAX_BACKOFF) < 0 ? twice : MAX_BACKOFF;
  }

  /** A call that may be made more than once. */
  @FunctionalInterface
  interface Call<T> {
    T make() throws IOException, InterruptedException, EdgeRefusal;
  }
}
