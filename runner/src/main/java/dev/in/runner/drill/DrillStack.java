package dev.in.runner.drill;

import com.fasterxml.jackson.databind.JsonNode;
import dev.in.events.Feature;
import dev.in.events.Priority;
import dev.in.runner.edge.Account;
import dev.in.runner.edge.EdgeClient;
import dev.in.runner.edge.EdgeRefusal;
import dev.in.runner.edge.RetryPolicy;
import dev.in.runner.edge.SubmissionOptions;
import dev.in.runner.edge.TaskView;
import dev.in.runner.edge.Tasks;
import dev.in.runner.operator.FunctionAddress;
import dev.in.runner.operator.LocalTokens;
import dev.in.runner.operator.OperatorHttp;
import dev.in.runner.process.Liveness;
import dev.in.runner.process.StackFailure;
import dev.in.runner.process.Supervisor;
import dev.in.runner.replay.Replay;
import dev.in.runner.replay.ReplaySite;
import dev.in.runner.replay.ReplayTarget;
import dev.in.runner.stack.LocalNames;
import dev.in.runner.stack.Stack;
import dev.in.topology.Topology;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** The running stack of a drill, with what drills do to it. */
public final class DrillStack {
  private static final Duration POLL_INTERVAL = Duration.ofMillis(50);
  private static final Duration EDGE_LIMIT = Duration.ofMinutes(5);
  private static final String EDGE = "edge";
  private static final String HISTORY = "log-enhancer";

  private final Stack stack;
  private final DrillNetwork network;
  private final Path image;
  private final LocalCloudClient cloud;
  private final EdgeClient edge;
  private final RetryPolicy retries;
  private final Tasks tasks;
  private final Account account;
  private final OperatorHttp operator;

  /**
   * @param image what is submitted
   */
  public DrillStack(Stack stack, DrillNetwork network, Path image) {
    this.stack = stack;
    this.network = network;
    network.edge().forwardTo(stack.edge());
    this.image = image;
    this.cloud = new LocalCloudClient(stack.cloud());
    this.edge = new EdgeClient(stack.edge(), Optional.empty());
    this.retries = new RetryPolicy(EDGE_LIMIT, note -> {});
    this.account = new Account(edge, retries);
    this.operator = new OperatorHttp(new LocalTokens(stack.operators()));
    this.tasks =
        new Tasks(edge, retries, new SubmissionOptions(Priority.NORMAL, List.of(Feature.COLORS)));
  }

  /** The one account that all tasks belong to. */
  Account account() {
    return account;
  }

  /** The ids of the events that the history has of a task, in the order of their recording. */
  List<String> recordedEvents(String taskId)
      throws StackFailure, InterruptedException, EdgeRefusal {
    FunctionAddress history = history();
    String path = "/operator/history/tasks/" + taskId;
    JsonNode answer = retries.call(() -> operator.json(operator.request(history, path).GET()));
    return answer.path("items").valueStream().map(item -> item.path("eventId").asText()).toList();
  }

  LocalCloudClient cloud() {
    return cloud;
  }

  /** Through which the functions reach the edge. */
  EdgeProxy edgeProxy() {
    return network.edge();
  }

  SilentHost deadHost() {
    return network.deadHost();
  }

  /** A replay of the history to a consumer that is no function of the stack. */
  Replay replay(URI consumer, ReplayTarget target) {
    FunctionAddress to = new FunctionAddress(consumer, LocalNames.PUSH_AUDIENCE.of(target.name()));
    return new Replay(
        new ReplaySite(history(), to, new LocalTokens(stack.operators())),
        target,
        retries,
        note -> {});
  }

  private FunctionAddress history() {
    URI uri = URI.create("http://127.0.0.1:" + function(HISTORY).component().port());
    return new FunctionAddress(uri, LocalNames.PUSH_AUDIENCE.of(HISTORY));
  }

  /** No fault is left. */
  void clearFaults() throws IOException, InterruptedException {
    cloud.clearFaults();
    network.edge().clearRule();
  }

  /** The functions, in the topology's order. */
  List<String> functions() {
    return Topology.load().functions().keySet().stream()
        .filter(name -> stack.processes().stream().anyMatch(one -> one.name().equals(name)))
        .toList();
  }

  Supervisor edgeSupervisor() {
    return supervisor(EDGE);
  }

  Supervisor function(String name) {
    return supervisor(name);
  }

  private Supervisor supervisor(String name) {
    return stack.supervisors().stream()
        .filter(one -> one.component().name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no component " + name));
  }

  /** Kills a function as soon as it has work to do. */
  void killOnceItHasWork(String name) throws Exception {
    List<String> subscriptions =
        Topology.load().subscriptionsOf(name).stream().map(Topology.Subscription::name).toList();
    await(
        EDGE_LIMIT,
        () -> cloud.outstanding(subscriptions) > 0 ? Optional.of(true) : Optional.empty());
    function(name).child().kill();
  }

  /** Uploads the image; the upload makes no calls that belong to a task. */
  String upload() throws StackFailure, InterruptedException, EdgeRefusal {
    return tasks.upload(image, "image/gif");
  }

  /** Uploads any file. */
  String upload(Path file) throws StackFailure, InterruptedException, EdgeRefusal {
    return tasks.upload(file, "image/jpeg");
  }

  /** Submits a task and returns its id, however long the edge takes to accept it. */
  String submit(String uploadId) throws StackFailure, InterruptedException, EdgeRefusal {
    return tasks.submitUpload(uploadId).taskId();
  }

  String submitUrl(String url) throws StackFailure, InterruptedException, EdgeRefusal {
    return tasks.submitUrl(url).taskId();
  }

  TaskView view(String taskId) throws StackFailure, InterruptedException, EdgeRefusal {
    return retries.call(() -> edge.view(taskId));
  }

  /** Waits until the edge shows a terminal status; empty if it does not in time. */
  Optional<TaskView> awaitEnd(String taskId, Duration time) throws Exception {
    return await(time, () -> Optional.of(view(taskId)).filter(TaskView::terminal));
  }

  /** Waits until all components answer; false if they do not in time. */
  boolean awaitAllAlive(Duration time) throws Exception {
    return await(time, () -> Optional.of(true).filter(yes -> allAlive())).isPresent();
  }

  /** Waits until no function has an unacked message; returns what is left after that time. */
  Map<String, Long> awaitNoBacklog(Duration time) throws Exception {
    await(time, () -> Optional.of(true).filter(yes -> openBacklog().isEmpty()));
    return openBacklog();
  }

  /** Asks until there is an answer; empty if none comes in time. */
  static <T> Optional<T> await(Duration time, Callable<Optional<T>> question) throws Exception {
    long deadline = System.nanoTime() + time.toNanos();
    Optional<T> answer = question.call();
    while (answer.isEmpty() && System.nanoTime() < deadline) {
      Thread.sleep(POLL_INTERVAL);
      answer = question.call();
    }
    return answer;
  }

  /** Whether each component answers at this moment. */
  boolean allAlive() {
    try {
      for (Supervisor supervisor : stack.supervisors()) {
        if (!supervisor.child().isAlive() || supervisor.component().liveness() != Liveness.ALIVE) {
          return false;
        }
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Map<String, Long> openBacklog() {
    try {
      Map<String, Long> backlog = cloud.backlog();
      Topology topology = Topology.load();
      backlog
          .entrySet()
          .removeIf(
              one ->
                  one.getValue() == 0
                      || topology.subscriptions().get(one.getKey()).function().isEmpty());
      return backlog;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Map.of();
    }
  }
}
