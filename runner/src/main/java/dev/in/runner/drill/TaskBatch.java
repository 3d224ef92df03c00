package dev.in.runner.drill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.in.runner.edge.TaskView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Many tasks of one image, submitted together and checked one by one. */
final class TaskBatch {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final int AT_A_TIME = 16;
  private static final int SHOWN_PROBLEMS = 5;

  private final DrillStack stack;
  private final TaskEnd expected;
  private final List<String> taskIds;

  private TaskBatch(DrillStack stack, TaskEnd expected, List<String> taskIds) {
    this.stack = stack;
    this.expected = expected;
    this.taskIds = List.copyOf(taskIds);
  }

  /** The result of one task that nothing disturbs. */
  static JsonNode undisturbedResult(DrillStack stack) throws Exception {
    return stack
        .awaitEnd(stack.submit(stack.upload()), LONG)
        .flatMap(TaskView::result)
        .orElseThrow(() -> new IllegalStateException("an undisturbed task does not complete"));
  }

  /** Gives uploads that are there already, from the first one again when all were given. */
  static Callable<String> inTurns(List<String> uploads) {
    AtomicInteger next = new AtomicInteger();
    return () -> uploads.get(next.getAndIncrement() % uploads.size());
  }

  /** Submits so many tasks, each with an upload of its own, and returns when all are accepted. */
  static TaskBatch submit(DrillStack stack, JsonNode expected, int tasks) throws Exception {
    return submit(stack, expected, tasks, stack::upload);
  }

  /**
   * The same with uploads that may be there already.
   *
   * @param uploads gives the next task's upload
   */
  static TaskBatch submit(DrillStack stack, JsonNode expected, int tasks, Callable<String> uploads)
      throws Exception {
    return submit(stack, new TaskEnd.Completed(expected), tasks, uploads);
  }

  /** The same of tasks that may fail. */
  static TaskBatch submit(DrillStack stack, TaskEnd expected, int tasks, Callable<String> uploads)
      throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME)) {
      List<Future<String>> submissions = new ArrayList<>();
      for (int i = 0; i < tasks; i++) {
        submissions.add(threads.submit(() -> stack.submit(uploads.call())));
      }
      List<String> taskIds = new ArrayList<>();
      for (Future<String> submission : submissions) {
        taskIds.add(submission.get());
      }
      return new TaskBatch(stack, expected, taskIds);
    }
  }

  List<String> taskIds() {
    return taskIds;
  }

  /** The tasks that the edge shows as ended by now. */
  List<String> ended() throws Exception {
    List<String> ended = new ArrayList<>();
    for (String taskId : taskIds) {
      TaskView view = stack.view(taskId);
      if (view.terminal()) {
        ended.add(taskId + " " + view.status());
      }
    }
    return ended;
  }

  /** Waits until the edge shows an end of each, or that time has passed. */
  void awaitEnds(Duration time) throws Exception {
    long deadline = System.nanoTime() + time.toNanos();
    for (String taskId : taskIds) {
      stack.awaitEnd(taskId, left(deadline));
    }
  }

  /** Waits for all, and reports them as one case. */
  void check(String name, Cases cases) throws Exception {
    check(name, cases, "", Set.of());
  }

  /**
   * @param more said of them where they hold
   * @param ignoredTopics on which the drill itself has published for the tasks
   */
  void check(String name, Cases cases, String more, Set<String> ignoredTopics) throws Exception {
    long deadline = System.nanoTime() + LONG.toNanos();
    List<String> problems = new ArrayList<>();
    int wrong = 0;
    List<TaskView> ends = new ArrayList<>();
    for (String taskId : taskIds) {
      Optional<TaskView> end = stack.awaitEnd(taskId, left(deadline));
      end.ifPresentOrElse(
          ends::add, () -> problems.add(taskId + " has no end after " + LONG.toMinutes() + " min"));
    }
    Map<String, Long> backlog = stack.awaitNoBacklog(LONG);
    if (!backlog.isEmpty()) {
      problems.add("messages are left: " + backlog);
    }
    TaskCheck check = new TaskCheck(stack.cloud(), ignoredTopics);
    for (TaskView end : ends) {
      List<String> found = check.problems(end, expected);
      wrong += found.isEmpty() ? 0 : 1;
      found.forEach(problem -> problems.add(end.taskId() + ": " + problem));
    }
    List<String> shown = problems.subList(0, Math.min(problems.size(), SHOWN_PROBLEMS));
    String detail =
        "%d of %d %s%s".formatted(ends.size() - wrong, taskIds.size(), expected.status(), more);
    cases.add(name, shown, detail);
  }

  private static Duration left(long deadline) {
    return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
  }
}
