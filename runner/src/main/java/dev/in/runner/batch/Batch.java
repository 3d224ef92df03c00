package dev.in.runner.batch;

import static java.util.Objects.requireNonNull;

import dev.in.runner.edge.TaskError;
import dev.in.runner.edge.Tasks;
import dev.in.runner.input.Input;
import dev.in.runner.process.StackFailure;
import dev.in.runner.result.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** All inputs of one command, some at a time, until each has its row. */
public final class Batch {
  private static final String WAIT_TIMEOUT = "wait_timeout";

  /** Keeps two cores busy; each costs the edge a connection. */
  private static final int AT_A_TIME = 16;

  private final Tasks tasks;
  private final Progress progress;

  public Batch(Tasks tasks, Progress progress) {
    this.tasks = requireNonNull(tasks, "tasks is null");
    this.progress = requireNonNull(progress, "progress is null");
  }

  /**
   * Processes all.
   *
   * @param time for all together; what is not finished then gets the row of its last known state
   * @param rows gets each row, in the order of the inputs
   * @param abort ends everything at once when it completes
   */
  public List<Row> run(
      List<Input> inputs, Duration time, Consumer<Row> rows, CompletableFuture<StackFailure> abort)
      throws StackFailure, InterruptedException {
    long deadline = System.nanoTime() + time.toNanos();
    TaskError timedOut =
        TaskError.of(WAIT_TIMEOUT, "Not finished when the time (--timeout) was over.");
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    progress.batchStarted(inputs);
    try {
      List<BatchItem> items = items(inputs);
      Semaphore places = new Semaphore(AT_A_TIME, true);
      List<CompletableFuture<Row>> ends =
          items.stream().map(item -> begin(item, places, threads)).toList();
      List<Row> result = new ArrayList<>();
      for (BatchItem item : items) {
        Row row =
            await(ends.get(item.index()), deadline, abort).orElseGet(() -> item.abandon(timedOut));
        progress.itemFinished(item.index(), row);
        rows.accept(row);
        result.add(row);
      }
      return result;
    } finally {
      threads.shutdownNow();
      progress.batchFinished();
    }
  }

  private List<BatchItem> items(List<Input> inputs) {
    return IntStream.range(0, inputs.size())
        .mapToObj(index -> new BatchItem(index, inputs.get(index), tasks, progress))
        .toList();
  }

  private static CompletableFuture<Row> begin(
      BatchItem item, Semaphore places, ExecutorService threads) {
    CompletableFuture<Row> end = new CompletableFuture<>();
    threads.execute(
        () -> {
          try {
            places.acquire();
            try {
              end.complete(item.process());
            } finally {
              places.release();
            }
          } catch (StackFailure | InterruptedException | RuntimeException e) {
            end.completeExceptionally(e);
          }
        });
    return end;
  }

  /** Empty when time has run out. */
  private static Optional<Row> await(
      CompletableFuture<Row> end, long deadline, CompletableFuture<StackFailure> abort)
      throws StackFailure, InterruptedException {
    try {
      CompletableFuture.anyOf(end, abort)
          .get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StackFailure failure) {
        throw failure;
      }
      throw new IllegalStateException("an input could not be processed", e.getCause());
    }
    if (abort.isDone()) {
      throw abort.resultNow();
    }
    return Optional.of(end.resultNow());
  }
}
