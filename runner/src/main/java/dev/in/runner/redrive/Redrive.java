package dev.in.runner.redrive;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.in.runner.edge.EdgeRefusal;
import dev.in.runner.edge.RetryPolicy;
import dev.in.runner.operator.OperatorTokens;
import dev.in.runner.process.StackFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Redrives many tasks as one operation. Which they are is recorded before the first command, and
 * each command repeats well, so an operation that was interrupted goes on where it was.
 */
public final class Redrive {
  private static final Duration FIRST_POLL = Duration.ofMillis(200);
  private static final Duration MAX_POLL = Duration.ofSeconds(5);
  private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(5);

  private final OperatorClient client;
  private final OperatorTokens tokens;
  private final RetryPolicy retries;
  private final Consumer<String> notes;
  private long lastProgress = System.nanoTime();

  /**
   * @param retries how long a call is repeated while nobody answers
   * @param notes receives sentences for people
   */
  public Redrive(Site site, RetryPolicy retries, Consumer<String> notes) {
    this.client = new OperatorClient(site);
    this.tokens = site.tokens();
    this.retries = requireNonNull(retries, "retries is null");
    this.notes = requireNonNull(notes, "notes is null");
  }

  /** Looks for the selection's tasks; changes nothing. */
  public Candidates find(Selection selection)
      throws StackFailure, InterruptedException, EdgeRefusal {
    return selection.tasks().isEmpty() ? search(selection) : look(selection);
  }

  private Candidates search(Selection selection)
      throws StackFailure, InterruptedException, EdgeRefusal {
    List<FailedTask> found = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      Optional<String> from = cursor;
      JsonNode page = retries.call(() -> client.failedTasks(selection, from));
      page.path("items").forEach(task -> found.add(FailedTask.read(task)));
      cursor = Optional.ofNullable(page.path("nextCursor").textValue());
      progress("found %d failed tasks".formatted(found.size()));
    } while (cursor.isPresent() && found.size() < selection.limit());
    boolean more = cursor.isPresent() || found.size() > selection.limit();
    List<FailedTask> eligible = found.subList(0, Math.min(found.size(), selection.limit()));
    return new Candidates(eligible, new TreeMap<>(), more);
  }

  private Candidates look(Selection selection)
      throws StackFailure, InterruptedException, EdgeRefusal {
    List<FailedTask> eligible = new ArrayList<>();
    SortedMap<String, Integer> ineligible = new TreeMap<>();
    boolean more = false;
    int seen = 0;
    for (String taskId : selection.tasks()) {
      JsonNode task = retries.call(() -> client.task(taskId));
      Optional<String> reason = refusal(selection, task);
      if (reason.isPresent()) {
        ineligible.merge(reason.get(), 1, Integer::sum);
      } else if (eligible.size() == selection.limit()) {
        more = true;
      } else {
        eligible.add(FailedTask.read(task));
      }
      progress("looked at %d of %d tasks".formatted(++seen, selection.tasks().size()));
    }
    return new Candidates(eligible, ineligible, more);
  }

  private static Optional<String> refusal(Selection selection, JsonNode task) {
    String status = task.path("status").asText();
    return status.equals("failed") ? selection.refusal(FailedTask.read(task)) : Optional.of(status);
  }

  /**
   * Begins an operation on these tasks.
   *
   * @return false if there is another one of that id
   */
  public boolean begin(String operationId, Selection selection, List<String> tasks)
      throws StackFailure, InterruptedException, EdgeRefusal {
    ObjectNode operation =
        JsonNodeFactory.instance
            .objectNode()
            .put("command", "redrive")
            .put("requestedBy", tokens.person());
    ObjectNode description = operation.putObject("selection");
    selection.description().forEach(description::put);
    tasks.forEach(operation.putArray("tasks")::add);
    return retries.call(() -> client.begin(operationId, operation));
  }

  /** Whether an operation was begun. */
  public boolean exists(String operationId) throws StackFailure, InterruptedException, EdgeRefusal {
    return retries.call(() -> client.operation(operationId)).isPresent();
  }

  /**
   * Commands what has not been done yet, and waits for the results.
   *
   * @param rate tasks a second
   * @param patience how long results are awaited after the last command
   */
  public Outcome carryOut(String operationId, int rate, Duration patience)
      throws StackFailure, InterruptedException, EdgeRefusal {
    List<String> open = new ArrayList<>();
    for (JsonNode task : tasks(operationId)) {
      if (!task.has("result")) {
        open.add(task.path("taskId").asText());
      }
    }
    SortedMap<String, Integer> refused = new TreeMap<>();
    long start = System.nanoTime();
    for (int index = 0; index < open.size(); index++) {
      sleepUntil(start + Duration.ofSeconds(1).toNanos() * index / rate);
      String taskId = open.get(index);
      retries
          .call(() -> client.redrive(taskId, operationId))
          .ifPresent(reason -> refused.merge(reason, 1, Integer::sum));
      progress("commanded %d of %d tasks".formatted(index + 1, open.size()));
    }
    return awaitResults(operationId, refused, System.nanoTime() + patience.toNanos());
  }

  private Outcome awaitResults(
      String operationId, SortedMap<String, Integer> refused, long deadline)
      throws StackFailure, InterruptedException, EdgeRefusal {
    Duration pause = FIRST_POLL;
    while (true) {
      Outcome outcome = outcome(operationId, refused);
      if (outcome.open() <= 0 || System.nanoTime() >= deadline) {
        return outcome;
      }
      progress("%d of %d tasks have no result yet".formatted(outcome.open(), outcome.tasks()));
      Thread.sleep(pause);
      Duration longer = pause.multipliedBy(3).dividedBy(2);
      pause = longer.compareTo(MAX_POLL) < 0 ? longer : MAX_POLL;
    }
  }

  /** What has come of an operation so far. */
  public Outcome outcome(String operationId)
      throws StackFailure, InterruptedException, EdgeRefusal {
    return outcome(operationId, new TreeMap<>());
  }

  private Outcome outcome(String operationId, SortedMap<String, Integer> refused)
      throws StackFailure, InterruptedException, EdgeRefusal {
    JsonNode tasks = tasks(operationId);
    SortedMap<String, Integer> results = new TreeMap<>();
    for (JsonNode task : tasks) {
      if (task.has("result")) {
        results.merge(task.path("result").asText(), 1, Integer::sum);
      }
    }
    return new Outcome(tasks.size(), results, refused);
  }

  private JsonNode tasks(String operationId)
      throws StackFailure, InterruptedException, EdgeRefusal {
    return retries
        .call(() -> client.operation(operationId))
        .orElseThrow(() -> new StackFailure("there is no operation " + operationId))
        .path("tasks");
  }

  private void progress(String text) {
    long now = System.nanoTime();
    if (now - lastProgress >= PROGRESS_INTERVAL.toNanos()) {
      lastProgress = now;
      notes.accept(text);
    }
  }

  private static void sleepUntil(long time) throws InterruptedException {
    long left = time - System.nanoTime();
    if (left > 0) {
      Thread.sleep(Duration.ofNanos(left));
    }
  }
}
