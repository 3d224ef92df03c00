package dev.in.runner.drill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.in.runner.edge.TaskView;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;

/**
 * Every external call that one task makes, and everything that can happen to it: refused, carried
 * out with its answer lost, the calling process killed just before or just after it.
 */
final class CrashpointsDrill implements Drill {
  private static final Duration LONG = Duration.ofMinutes(3);
  private static final Duration QUIET = Duration.ofSeconds(1);
  private static final String READ = "google.firestore.v1.Firestore/BatchGetDocuments";
  private static final String SWITCH_READS = "firestore.documents.read/switches";
  private static final String VISION_UNITS = "vision.units";

  @Override
  public String name() {
    return "crashpoints";
  }

  @Override
  public String summary() {
    return "each external call of a task fails, or its process is killed: the task completes once";
  }

  @Override
  public void run(DrillStack stack, DrillOptions options, Cases cases) throws Exception {
    JsonNode expected = undisturbed(stack).result().orElseThrow();
    for (CrashPoint point : choose(crashPoints(stack), options)) {
      check(point, stack, expected, cases);
    }
  }

  /**
   * The calls that each of two tasks in a row makes: what is cached, such as the switches, is read
   * for one of them at most.
   */
  private static List<CrashPoint> crashPoints(DrillStack stack) throws Exception {
    SortedMap<String, Long> first = callsOfOneTask(stack);
    SortedMap<String, Long> second = callsOfOneTask(stack);
    List<CrashPoint> points = new ArrayList<>();
    for (Map.Entry<String, Long> counter : first.entrySet()) {
      long calls = Math.min(counter.getValue(), second.getOrDefault(counter.getKey(), 0L));
      for (int number = 1; isCall(counter.getKey()) && number <= calls; number++) {
        for (CrashPoint.Failure failure : CrashPoint.Failure.values()) {
          points.add(new CrashPoint(counter.getKey(), number, failure));
        }
      }
    }
    return points;
  }

  private static SortedMap<String, Long> callsOfOneTask(DrillStack stack) throws Exception {
    String upload = stack.upload();
    stack.cloud().resetCounters();
    stack.edgeProxy().clearRule();
    await(stack, stack.submit(upload));
    SortedMap<String, Long> counters = quietCounters(stack);
    // The switches are read by the clock, not by the task.
    counters.merge(READ, -counters.getOrDefault(SWITCH_READS, 0L), Long::sum);
    counters.put(EdgeProxy.STATUS_CALL, stack.edgeProxy().calls());
    return counters;
  }

  /**
   * Others count what would be billed, or fetch tokens, which are cached; and reconciliation's
   * query looks for other tasks than this one.
   */
  private static boolean isCall(String counter) {
    return counter.startsWith("google.") && !counter.endsWith("/RunQuery")
        || counter.equals(EdgeProxy.STATUS_CALL)
        || counter.startsWith("storage.objects.")
        || counter.startsWith("pubsub.projects.");
  }

  /** All, or a sample that the seed chooses, with one at least of each failure. */
  static List<CrashPoint> choose(List<CrashPoint> all, DrillOptions options) {
    if (options.sample() == 0) {
      return all;
    }
    List<CrashPoint> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, new Random(options.seed()));
    Set<CrashPoint> chosen = new LinkedHashSet<>();
    for (CrashPoint.Failure failure : CrashPoint.Failure.values()) {
      shuffled.stream()
          .filter(point -> point.failure() == failure)
          .findFirst()
          .ifPresent(chosen::add);
    }
    chosen.addAll(shuffled);
    return chosen.stream().limit(options.sample()).toList();
  }

  private static void check(CrashPoint point, DrillStack stack, JsonNode expected, Cases cases)
      throws Exception {
    String upload = stack.upload();
    stack.cloud().resetCounters();
    Injection injection = inject(point, stack);
    String taskId = stack.submit(upload);
    Optional<Long> chargesAtKill = Optional.empty();
    if (point.failure().kills() && awaitHit(injection)) {
      chargesAtKill = Optional.of(unrecordedCharges(stack, taskId));
    }
    Optional<TaskView> end = stack.awaitEnd(taskId, LONG);
    Map<String, Long> backlog = stack.awaitNoBacklog(LONG);
    long units = stack.cloud().counters().getOrDefault(VISION_UNITS, 0L);
    List<String> problems = new ArrayList<>();
    if (injection.hits() == 0) {
      problems.add("the call was not made");
    }
    stack.clearFaults();
    if (!stack.awaitAllAlive(LONG)) {
      problems.add("not every component came back");
    }
    if (!backlog.isEmpty()) {
      problems.add("messages are left: " + backlog);
    }
    if (end.isEmpty()) {
      problems.add("the task has no end: " + stack.view(taskId).status());
    } else {
      problems.addAll(new TaskCheck(stack.cloud()).completed(end.get(), expected));
    }
    long allowed = 1 + (point.losesAVisionAnswer() ? 1 : chargesAtKill.orElse(0L));
    if (units < 1 || units > allowed) {
      problems.add("Vision charged %d, allowed %d".formatted(units, allowed));
    }
    cases.add(point.title(), problems, "completed, Vision charged " + units);
  }

  /** A fault that waits for its call. */
  private interface Injection {
    long hits() throws IOException, InterruptedException;
  }

  private static Injection inject(CrashPoint point, DrillStack stack) throws Exception {
    if (point.isToEdge()) {
      stack.edgeProxy().setRule(point.edgeRule(() -> stack.function("sync").child().kill()));
      return stack.edgeProxy()::hits;
    }
    String rule = stack.cloud().addFault(point.rule());
    return () -> stack.cloud().hits(rule);
  }

  private static boolean awaitHit(Injection injection) throws Exception {
    return DrillStack.await(LONG, () -> injection.hits() > 0 ? Optional.of(true) : Optional.empty())
        .isPresent();
  }

  /** What Vision has charged for a result that its process could not record before it died. */
  private static long unrecordedCharges(DrillStack stack, String taskId) throws Exception {
    long units = stack.cloud().counters().getOrDefault(VISION_UNITS, 0L);
    boolean recorded =
        stack
            .cloud()
            .document(taskId)
            .map(TaskCheck::stages)
            .map(stages -> stages.get("ai"))
            .filter(ai -> TaskCheck.text(ai.path("status")).equals("completed"))
            .isPresent();
    return recorded ? 0 : units;
  }

  private static TaskView undisturbed(DrillStack stack) throws Exception {
    return await(stack, stack.submit(stack.upload()));
  }

  private static TaskView await(DrillStack stack, String taskId) throws Exception {
    return stack
        .awaitEnd(taskId, LONG)
        .orElseThrow(() -> new IllegalStateException("an undisturbed task does not complete"));
  }

  /** The counters once nothing is called any more: acks and callbacks follow a task's end. */
  private static SortedMap<String, Long> quietCounters(DrillStack stack) throws Exception {
    stack.awaitNoBacklog(LONG);
    SortedMap<String, Long> before = stack.cloud().counters();
    while (true) {
      Thread.sleep(QUIET);
      SortedMap<String, Long> now = stack.cloud().counters();
      if (now.equals(before)) {
        return now;
      }
      before = now;
    }
  }
}
