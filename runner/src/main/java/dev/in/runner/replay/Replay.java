package dev.in.runner.replay;

import static java.util.Objects.requireNonNull;

import dev.in.runner.edge.EdgeRefusal;
import dev.in.runner.edge.RetryPolicy;
import dev.in.runner.process.StackFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Sends a span of the history to one consumer. Each event is sent until it is acked, and a replay
 * that was interrupted goes on at its checkpoint: at most {@link #AT_ONCE} events come twice, which
 * every consumer takes as it takes Pub/Sub's own repeats.
 */
public final class Replay {
  /** As many are on their way together, between two checkpoints. */
  static final int AT_ONCE = 16;

  private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(5);

  private final HistoryClient client;
  private final RetryPolicy retries;
  private final ReplayTarget target;
  private final Consumer<String> notes;
  private final SortedMap<String, Integer> events = new TreeMap<>();
  private int others;
  private int refused;
  private long lastProgress = System.nanoTime();

  /**
   * @param retries how long a call is repeated while nobody answers, or the consumer nacks
   * @param notes receives sentences for people
   */
  public Replay(ReplaySite site, ReplayTarget target, RetryPolicy retries, Consumer<String> notes) {
    this.client = new HistoryClient(site);
    this.target = requireNonNull(target, "target is null");
    this.retries = requireNonNull(retries, "retries is null");
    this.notes = requireNonNull(notes, "notes is null");
  }

  /** Counts what would be sent. */
  public ReplayReport count(String after, Instant until)
      throws StackFailure, InterruptedException, EdgeRefusal {
    HistoryReader reader = new HistoryReader(client, retries, after, until);
    for (List<ReplayedEvent> batch = batch(reader); !batch.isEmpty(); batch = batch(reader)) {
      progress("counted up to " + batch.getLast().position());
    }
    return report(true);
  }

  /**
   * Sends the span.
   *
   * @param rate events a second
   * @param file where the checkpoint is kept until all is done
   */
  public ReplayReport run(String after, Instant until, int rate, Optional<Path> file)
      throws StackFailure, InterruptedException, EdgeRefusal {
    HistoryReader reader = new HistoryReader(client, retries, after, until);
    Pace pace = new Pace(rate);
    String done = after;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (List<ReplayedEvent> batch = batch(reader); !batch.isEmpty(); batch = batch(reader)) {
        send(batch, threads, pace);
        done = batch.getLast().position();
        if (file.isPresent()) {
          new Checkpoint(target.description(), done, until).write(file.get());
        }
        progress("%d events replayed, up to %s".formatted(total(), done));
      }
    } catch (StackFailure failure) {
      throw new StackFailure(
          "%s; to go on: --from %s --until %s".formatted(failure.getMessage(), done, until),
          failure);
    }
    if (file.isPresent()) {
      Checkpoint.remove(file.get());
    }
    return report(false);
  }

  /** The next events for the consumer; empty after the last. */
  private List<ReplayedEvent> batch(HistoryReader reader)
      throws StackFailure, InterruptedException, EdgeRefusal {
    List<ReplayedEvent> batch = new ArrayList<>();
    while (batch.size() < AT_ONCE) {
      Optional<ReplayedEvent> next = reader.next();
      if (next.isEmpty()) {
        break;
      }
      if (target.subscriptionOf(next.get().eventType()).isPresent()) {
        batch.add(next.get());
        events.merge(next.get().eventType(), 1, Integer::sum);
      } else {
        others++;
      }
    }
    return batch;
  }

  private void send(List<ReplayedEvent> batch, ExecutorService threads, Pace pace)
      throws StackFailure, InterruptedException, EdgeRefusal {
    List<Future<Boolean>> sending = new ArrayList<>();
    try {
      for (ReplayedEvent event : batch) {
        pace.await();
        String subscription = target.subscriptionOf(event.eventType()).orElseThrow();
        sending.add(threads.submit(() -> retries.call(() -> client.replay(event, subscription))));
      }
      for (Future<Boolean> one : sending) {
        refused += one.get() ? 0 : 1;
      }
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } finally {
      sending.forEach(one -> one.cancel(true));
    }
  }

  private static StackFailure failure(Throwable cause) throws EdgeRefusal {
    if (cause instanceof EdgeRefusal refusal) {
      throw refusal;
    }
    return cause instanceof StackFailure failure
        ? failure
        : new StackFailure("the replay failed: " + cause, cause);
  }

  private ReplayReport report(boolean dryRun) {
    return new ReplayReport(target.name(), dryRun, events, others, refused);
  }

  private int total() {
    return events.values().stream().mapToInt(Integer::intValue).sum();
  }

  private void progress(String text) {
    long now = System.nanoTime();
    if (now - lastProgress >= PROGRESS_INTERVAL.toNanos()) {
      lastProgress = now;
      notes.accept(text);
    }
  }

  /** So many a second, and no more in a burst after a pause. */
  private static final class Pace {
    private final long interval;
    private long next = System.nanoTime();

    Pace(int rate) {
      this.interval = Duration.ofSeconds(1).toNanos() / rate;
    }

    void await() throws InterruptedException {
      long now = System.nanoTime();
      if (next > now) {
        Thread.sleep(Duration.ofNanos(next - now));
      }
      next = Math.max(next, now) + interval;
    }
  }
}
