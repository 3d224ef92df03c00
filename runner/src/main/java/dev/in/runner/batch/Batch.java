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
  /** Keeps two cores busy; each costs the edge a connection. */
  private static final int AT_A_TIME = 16;

  private final Tasks tasks;
  private final Progress progress;
  private final StageEnds stageEnds;

  /**
   * @param stageEnds has what the edge does not report of stages
   */
  public Batch(Tasks tasks, Progress progress, StageEnds stageEnds) {
    this.tasks = requireNonNull(tasks, "tasks is null");
    this.progress = requireNonNull(progress, "progress is null");
    this.stageEnds = requireNonNull(stageEnds, "stageEnds is null");
  }

  /**
   * Processes all. Whatever happens each input gets its row, with its task's id if it has one.
   *
   * @param time for all together; what is not finished then gets the row of its last known state
   * @param rows gets each row, in the order of the inputs
   * @param abort ends everything at once when it completes
   */
  public Outcome run(
      List<Input> inputs, Duration time, Consumer<Row> rows, CompletableFuture<StackFailure> abort)
      throws InterruptedException {
    CompletableFuture<StackFailure> failure = abort.copy();
    long deadline = System.nanoTime() + time.toNanos();
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    progress.batchStarted(inputs);
    try {
      List<BatchItem> items = items(inputs);
      Semaphore places = new Semaphore(AT_A_TIME, true);
      List<CompletableFuture<Row>> ends =
          items.stream().map(item -> begin(item, places, threads, failure)).toList();
      List<Row> result = new ArrayList<>();
      for (BatchItem item : items) {
        Row row =
            await(ends.get(item.index()), deadline, failure)
                .orElseGet(() -> item.abandon(unfinished(failure)));
        progress.itemFinished(item.index(), row);
        rows.accept(row);
        result.add(row);
      }
      return new Outcome(
          result, failure.isDone() ? Optional.of(failure.resultNow()) : Optional.empty());
    } finally {
      threads.shutdownNow();
      progress.batchFinished();
    }
  }

  private List<BatchItem> items(List<Input> inputs) {
    return IntStream.range(0, inputs.size())
        .mapToObj(index -> new BatchItem(index, inputs.get(index), tasks, progress, stageEnds))
        .toList();
  }

  private static CompletableFuture<Row> begin(
      BatchItem item,
      Semaphore places,
      ExecutorService threads,
      CompletableFuture<StackFailure> failure) {
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
          } catch (StackFailure e) {
            failure.complete(e);
          } catch (InterruptedException | RuntimeException e) {
            end.completeExceptionally(e);
          }
        });
    return end;
  }

  /** Empty when time has run out, or the batch has been aborted, before the end. */
  private static Optional<Row> await(
      CompletableFuture<Row> end, long deadline, CompletableFuture<StackFailure> failure)
      throws InterruptedException {
    try {
      CompletableFuture.anyOf(end, failure)
          .get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("an input could not be processed", e.getCause());
    }
    return end.isDone() ? Optional.of(end.resultNow()) : Optional.empty();
  }

  private static TaskError unfinished(CompletableFuture<StackFailure> failure) {
    String reason =
        failure.isDone()
            ? "Not finished when the command failed."
            : "Not finished when the time (--timeout) was over.";
    return TaskError.of(TaskError.WAIT_TIMEOUT, reason);
  }

  /**
   * What became of a batch.
   *
   * @param rows one for each input, in their order
   * @param failure why the batch ended before its inputs, if it did
   */
  public record Outcome(List<Row> rows, Optional<StackFailure> failure) {
    public Outcome {
      rows = List.copyOf(rows);
      requireNonNull(failure, "failure is null");
    }
  }
}
