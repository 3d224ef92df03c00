package dev.in.runner.stack;

import dev.in.runner.process.StackFailure;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Does several things at once. */
final class ParallelTasks {
  private ParallelTasks() {}

  /** Returns when all are done; the first that fails interrupts the others. */
  static void run(List<Task> tasks) throws StackFailure, InterruptedException {
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      CompletionService<Void> done = new ExecutorCompletionService<>(threads);
      for (Task task : tasks) {
        done.submit(
            () -> {
              task.run();
              return null;
            });
      }
      for (int i = 0; i < tasks.size(); i++) {
        done.take().get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof StackFailure failure
          ? failure
          : new StackFailure("the stack failed to start: " + e.getCause(), e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  /** One of them. */
  @FunctionalInterface
  interface Task {
    void run() throws StackFailure, InterruptedException;
  }
}
