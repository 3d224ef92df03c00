package dev.in.runner.edge;

import static java.util.Objects.requireNonNull;

import dev.in.runner.process.StackFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Repeats calls that may succeed later: a restarting edge is back within seconds. */
public final class RetryPolicy {
  private static final Duration INITIAL_BACKOFF = Duration.ofMillis(100);
  private static final Duration MAX_BACKOFF = Duration.ofSeconds(2);

  /** All calls together: during an outage each of them fails again and again. */
  private static final Duration NOTE_INTERVAL = Duration.ofSeconds(10);

  private final Duration limit;
  private final Consumer<String> notes;
  private final AtomicLong lastNote = new AtomicLong(System.nanoTime() - NOTE_INTERVAL.toNanos());

  /**
   * @param limit how long a call is repeated after it has failed for the first time
   * @param notes receives a sentence for people now and then while calls fail
   */
  public RetryPolicy(Duration limit, Consumer<String> notes) {
    this.limit = requireNonNull(limit, "limit is null");
    this.notes = requireNonNull(notes, "notes is null");
  }

  /** Makes the call until it is answered. */
  public <T> T call(Call<T> call) throws StackFailure, InterruptedException, EdgeRefusal {
    long firstFailure = 0;
    for (Duration pause = INITIAL_BACKOFF; ; pause = longer(pause)) {
      try {
        return call.make();
      } catch (IOException e) {
        if (e.getCause() instanceof InterruptedException) {
          throw new InterruptedException();
        }
        note("trying again: " + e);
        if (firstFailure == 0) {
          firstFailure = System.nanoTime();
        } else if (System.nanoTime() - firstFailure > limit.toNanos()) {
          throw new StackFailure("the edge does not answer: " + e, e);
        }
      }
      Thread.sleep(pause);
    }
  }

  private void note(String text) {
    long now = System.nanoTime();
    long last = lastNote.get();
    if (now - last >= NOTE_INTERVAL.toNanos() && lastNote.compareAndSet(last, now)) {
      notes.accept(text);
    }
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(MAX_BACKOFF) < 0 ? twice : MAX_BACKOFF;
  }

  /** A call that may be made more than once. */
  @FunctionalInterface
  public interface Call<T> {
    T make() throws IOException, InterruptedException, EdgeRefusal, StackFailure;
  }
}
