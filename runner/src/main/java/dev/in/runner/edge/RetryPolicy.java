package dev.in.runner.edge;

import static java.util.Objects.requireNonNull;

import dev.in.runner.process.StackFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Repeats calls that may succeed later: a restarting edge is back within seconds, and a limit that
 * is used up is there again when the edge says so.
 */
public final class RetryPolicy {
  private static final Duration INITIAL_BACKOFF = Duration.ofMillis(100);
  private static final Duration MAX_BACKOFF = Duration.ofSeconds(2);

  /** All calls together: during an outage each of them fails again and again. */
  private static final Duration NOTE_INTERVAL = Duration.ofSeconds(10);

  private final Duration limit;
  private final OptionalLong deadline;
  private final Consumer<String> notes;
  private final AtomicLong lastNote = new AtomicLong(System.nanoTime() - NOTE_INTERVAL.toNanos());

  /** The end of the latest wait of which people know. */
  private final AtomicLong announcedEnd = new AtomicLong(System.nanoTime());

  /**
   * @param limit how long a call is repeated after it has failed for the first time
   * @param notes receives a sentence for people now and then while calls fail
   */
  public RetryPolicy(Duration limit, Consumer<String> notes) {
    this(limit, OptionalLong.empty(), notes);
  }

  private RetryPolicy(Duration limit, OptionalLong deadline, Consumer<String> notes) {
    this.limit = requireNonNull(limit, "limit is null");
    this.deadline = requireNonNull(deadline, "deadline is null");
    this.notes = requireNonNull(notes, "notes is null");
  }

  /**
   * The same for a command that ends then: there is no use in waiting longer.
   *
   * @param nanoTime of this process, as System's
   */
  public RetryPolicy endingAt(long nanoTime) {
    return new RetryPolicy(limit, OptionalLong.of(nanoTime), notes);
  }

  /**
   * Makes the call until it is answered.
   *
   * @throws EdgeRefusal if repeating the call does not help while there is time
   */
  public <T> T call(Call<T> call) throws StackFailure, InterruptedException, EdgeRefusal {
    long firstFailure = 0;
    for (Duration pause = INITIAL_BACKOFF; ; pause = longer(pause)) {
      try {
        return call.make();
      } catch (EdgeRefusal refusal) {
        firstFailure = firstFailure == 0 ? System.nanoTime() : firstFailure;
        awaitEndOf(refusal, firstFailure, pause);
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
        Thread.sleep(pause);
      }
    }
  }

  /**
   * @param pause at least: an edge that asks for none would be asked without end
   */
  private void awaitEndOf(EdgeRefusal refusal, long firstFailure, Duration pause)
      throws EdgeRefusal, InterruptedException {
    long now = System.nanoTime();
    Duration left = left(now, firstFailure);
    Optional<Duration> retryAfter = refusal.retryAfter().filter(time -> time.compareTo(left) <= 0);
    if (retryAfter.isEmpty()) {
      throw refusal;
    }
    Duration wait = retryAfter.get().compareTo(pause) < 0 ? pause : retryAfter.get();
    announce(wait, now, refusal.getMessage());
    Thread.sleep(wait);
  }

  private Duration left(long now, long firstFailure) {
    long left = limit.toNanos() - (now - firstFailure);
    return Duration.ofNanos(
        deadline.isPresent() ? Math.min(left, deadline.getAsLong() - now) : left);
  }

  /** Once for all calls that wait at the same time. */
  private void announce(Duration wait, long now, String detail) {
    long known = announcedEnd.get();
    if (now - known >= 0 && announcedEnd.compareAndSet(known, now + wait.toNanos())) {
      notes.accept("waiting %d s: %s".formatted(wait.toSeconds(), detail));
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
