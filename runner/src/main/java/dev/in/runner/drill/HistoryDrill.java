package dev.in.runner.drill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.in.runner.edge.EdgeRefusal;
import dev.in.runner.replay.Checkpoint;
import dev.in.runner.replay.ReplayTarget;
import dev.in.runner.stack.StackExtent;
import dev.in.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * While a tenth of all writes fails, and a tenth of the images is broken, the history gets every
 * event of every task once, as documents and feed say, too; and a consumer that begins with nothing
 * has the same from a replay that was stopped half way and went on.
 */
final class HistoryDrill implements Drill {
  private static final int TASKS = 100;
  private static final int SHOWN_PROBLEMS = 5;

  /** One task of so many has a broken image. */
  private static final int FAILING_SHARE = 10;

  private static final int EVENTS_OF_COMPLETED = 4;
  private static final int EVENTS_OF_FAILED = 2;

  /** As many may come twice around a stop. */
  private static final int MAX_REPEATS = 16;

  private static final int RATE = 1_000;
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SETTLING = Duration.ofSeconds(30);

  private static final List<String> CALLS =
      List.of("google.pubsub.v1.Publisher/*", "google.firestore.v1.Firestore/Commit");

  private final Topology topology = Topology.load();

  @Override
  public String name() {
    return "history";
  }

  @Override
  public String summary() {
    return "a tenth of all writes fails, and one image of ten is broken: the history says what"
        + " documents and feed say, and a replay that was stopped rebuilds an empty consumer";
  }

  @Override
  public StackExtent extent() {
    return StackExtent.EVERYTHING;
  }

  @Override
  public void run(DrillStack stack, DrillOptions options, Cases cases) throws Exception {
    int tasks = options.tasksOr(TASKS);
    int failing = Math.max(1, tasks / FAILING_SHARE);
    stack.awaitAllAlive(LONG);
    JsonNode result = TaskBatch.undisturbedResult(stack);
    stack.awaitNoBacklog(LONG);
    String upload = stack.upload();
    String broken = uploadBroken(stack);
    long cursor = stack.account().cursor();
    fail(stack, options.seed());
    Batches batches =
        Batches.submit(
            () -> TaskBatch.submit(stack, result, tasks - failing, () -> upload),
            () -> TaskBatch.submit(stack, new TaskEnd.CorruptImage(), failing, () -> broken));
    batches.completing().awaitEnds(LONG);
    batches.failing().awaitEnds(LONG);
    stack.clearFaults();
    stack.awaitNoBacklog(LONG);

    batches.completing().check("tasks and their documents", cases);
    batches.failing().check("tasks with a broken image", cases);
    DrillStack.await(
        SETTLING, () -> Optional.of(problems(stack, batches, cursor)).filter(List::isEmpty));
    List<String> problems = problems(stack, batches, cursor);
    cases.add(
        "history and feed",
        problems.subList(0, Math.min(problems.size(), SHOWN_PROBLEMS)),
        "each of %d tasks once, %d of them failed".formatted(tasks, failing));
    int events = (tasks - failing) * EVENTS_OF_COMPLETED + failing * EVENTS_OF_FAILED;
    replay(stack, batches, events / 2, cases);
  }

  /** Both kinds of tasks. */
  private record Batches(TaskBatch completing, TaskBatch failing) {

    /** Submits them side by side. */
    static Batches submit(Callable<TaskBatch> completing, Callable<TaskBatch> failing)
        throws Exception {
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        Future<TaskBatch> other = threads.submit(failing);
        return new Batches(completing.call(), other.get());
      }
    }

    List<String> taskIds() {
      return Stream.of(completing, failing).flatMap(batch -> batch.taskIds().stream()).toList();
    }
  }

  private static String uploadBroken(DrillStack stack) throws Exception {
    Path file = Files.createTempFile("in-drill-", ".png");
    try {
      return stack.upload(Files.write(file, TaskEnd.CorruptImage.bytes()));
    } finally {
      Files.delete(file);
    }
  }

  private static void fail(DrillStack stack, long seed) throws Exception {
    long own = seed;
    for (String calls : CALLS) {
      for (String effect :
          List.of(
              "\"failBefore\",\"code\":\"UNAVAILABLE\"", "\"failAfter\",\"code\":\"INTERNAL\"")) {
        stack
            .cloud()
            .addFault(
                """
                {"calls":"%s","effect":%s,"when":{"chance":0.05,"seed":%d}}
                """
                    .formatted(calls, effect, ++own));
      }
    }
  }

  private List<String> problems(DrillStack stack, Batches batches, long cursor) throws Exception {
    List<String> problems =
        new ArrayList<>(
            AccountCheck.feed(
                stack.account().feed(cursor),
                batches.completing().taskIds(),
                batches.failing().taskIds(),
                cursor));
    PublishedMessages published = new PublishedMessages(stack.cloud(), topology);
    for (String taskId : batches.taskIds()) {
      problems.addAll(
          HistoryCheck.problems(
              taskId,
              HistoryCheck.eventIds(published, topology, taskId),
              stack.recordedEvents(taskId)));
    }
    return problems;
  }

  /** The consumer refuses the operator half way, and then no more. */
  private void replay(DrillStack stack, Batches batches, int half, Cases cases) throws Exception {
    ReplayTarget target = ReplayTarget.of(topology, "log-enhancer");
    Instant until = Instant.now();
    Path folder = Files.createTempDirectory("in-drill-");
    Path file = folder.resolve("checkpoint.json");
    try (EmptyConsumer consumer = EmptyConsumer.start(half)) {
      boolean stopped = false;
      try {
        stack
            .replay(consumer.uri(), target)
            .run(Instant.EPOCH.toString(), until, RATE, Optional.of(file));
      } catch (EdgeRefusal refusal) {
        stopped = true;
      }
      Optional<Checkpoint> left = Checkpoint.read(file);
      cases.add(
          "a replay is stopped",
          stopped && left.isPresent() ? List.of() : List.of("it was not, or left no checkpoint"),
          "after %d events".formatted(consumer.taken()));
      if (left.isEmpty()) {
        return;
      }
      consumer.takeAll();
      stack.replay(consumer.uri(), target).run(left.get().after(), until, RATE, Optional.of(file));
      cases.add(
          "it goes on, and the consumer has the same as the topics",
          differences(stack, batches, consumer),
          "%d events, %d of them twice"
              .formatted(consumer.size(), consumer.taken() - consumer.size()));
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  private List<String> differences(DrillStack stack, Batches batches, EmptyConsumer consumer)
      throws IOException, InterruptedException {
    Set<String> tasks = new HashSet<>(batches.taskIds());
    SortedMap<String, String> live = new TreeMap<>();
    PublishedMessages published = new PublishedMessages(stack.cloud(), topology);
    for (Topology.Topic topic : topology.topics().values()) {
      if (topic.kind() == Topology.Topic.Kind.EVENT) {
        for (String taskId : tasks) {
          published
              .of(topic.name(), taskId)
              .forEach(
                  message -> live.put(EmptyConsumer.key(message), LocalCloudClient.text(message)));
        }
      }
    }
    List<String> problems = new ArrayList<>();
    if (!consumer.of(tasks).equals(live)) {
      problems.add(
          "the consumer has %d events, the topics %d, or their bodies differ"
              .formatted(consumer.of(tasks).size(), live.size()));
    }
    int twice = consumer.taken() - consumer.size();
    if (twice > MAX_REPEATS) {
      problems.add("%d events came twice".formatted(twice));
    }
    return problems;
  }
}
