package dev.in.runner;

import com.fasterxml.jackson.databind.JsonNode;
import dev.in.events.EventType;
import dev.in.runner.demo.DemoHost;
import dev.in.runner.edge.EdgeClient;
import dev.in.runner.edge.EdgeRefusal;
import dev.in.runner.edge.LibraryQuery;
import dev.in.runner.process.StackFailure;
import dev.in.runner.stats.StatisticsClient;
import dev.in.runner.status.StackInfo;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The demo's steps: each prints the command that a user would type, and runs just that. */
final class DemoWalk {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

  /** One task completes; the other fails, and completes once it is redriven. */
  private static final Map<String, Long> EVENTS =
      Map.of(
          EventType.IMAGE_DOWNLOADED.wireName(), 2L,
          EventType.METADATA_EXTRACTED.wireName(), 2L,
          EventType.AI_ANALYZED.wireName(), 2L,
          EventType.TASK_COMPLETED.wireName(), 2L,
          EventType.TASK_FAILED.wireName(), 1L);

  private final URI edge;
  private final DemoHost host;
  private final Path upFile;
  private final Path image;
  private final PrintStream out;
  private int step;

  /**
   * @param host where an image is missing, and webhooks go
   * @param upFile names the stack to commands that need more of it than the edge
   */
  DemoWalk(URI edge, DemoHost host, Path upFile, Path image, PrintStream out) {
    this.edge = edge;
    this.host = host;
    this.upFile = upFile;
    this.image = image;
    this.out = out;
  }

  void run() throws StackFailure, IOException, InterruptedException {
    title("Submit an image: a chain of functions downloads it, reads its metadata and analyses it");
    in(ExitCode.ALL_COMPLETED, "submit", "--to", edge.toString(), image.toString());

    title("Register a webhook: how tasks end is sent to a server of yours, here the demo's");
    registerWebhook();

    title("A failure: at this address there is no image (yet)");
    in(ExitCode.SOME_DID_NOT, "submit", "--to", edge.toString(), host.image().toString());
    String failed = failedTask();
    awaitWebhook("task.failed", failed);

    title("The image is there now: an operator has the failed stage run again");
    host.putImage();
    inStack(ExitCode.ALL_COMPLETED, "redrive", failed);
    awaitWebhook("task.completed", failed);

    title("Search what was found in images, and their names");
    inStack(ExitCode.ALL_COMPLETED, "search", "harbour");

    title("Statistics, counted from the history of all events");
    awaitStatistics();
    inStack(ExitCode.ALL_COMPLETED, "stats");

    out.println();
    out.println("That was all, and it is stopped now. A stack of your own: ./in up");
  }

  private void title(String text) {
    step++;
    out.printf("%n%d. %s%n", step, text);
  }

  private void in(int expected, String... arguments) throws StackFailure {
    show("./in " + String.join(" ", arguments));
    execute(expected, arguments);
  }

  /**
   * The command finds a stack that {@code ./in up} keeps running by itself: so that is not shown.
   */
  private void inStack(int expected, String... arguments) throws StackFailure {
    show("./in " + String.join(" ", arguments));
    Stream<String> here = Stream.of("--up-file", upFile.toString());
    execute(expected, Stream.concat(Arrays.stream(arguments), here).toArray(String[]::new));
  }

  private static void execute(int expected, String... arguments) throws StackFailure {
    int exit = Main.commandLine().execute(arguments);
    if (exit != expected) {
      throw new StackFailure(
          "./in %s ended with %d, not %d".formatted(arguments[0], exit, expected));
    }
  }

  private void show(String command) {
    out.println("$ " + command);
    out.flush();
  }

  private void registerWebhook() throws StackFailure, IOException, InterruptedException {
    URI route = edge.resolve("/v1/webhooks");
    String body =
        """
        {"url": "%s", "types": ["task.completed", "task.failed"]}\
        """
            .formatted(host.webhook());
    show("curl %s --json '%s'".formatted(route, body));
    HttpRequest request =
        HttpRequest.newBuilder(route)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 201) {
        throw new StackFailure("the edge takes no webhook: " + answer.body());
      }
      out.println(answer.body());
    }
  }

  private void awaitWebhook(String type, String taskId) throws StackFailure, InterruptedException {
    Optional<JsonNode> event;
    do {
      event = host.receive(TIMEOUT);
      event.ifPresent(
          one ->
              out.printf(
                  "webhook: %s of %s%n", one.path("type").asText(), one.path("subject").asText()));
    } while (event.isPresent() && !is(event.get(), type, taskId));
    if (event.isEmpty()) {
      throw new StackFailure("no webhook says %s of %s".formatted(type, taskId));
    }
  }

  private static boolean is(JsonNode event, String type, String taskId) {
    return event.path("type").asText().equals(type)
        && event.path("subject").asText().equals(taskId);
  }

  /** The library has it a moment after the task has failed. */
  private String failedTask() throws StackFailure, IOException, InterruptedException {
    EdgeClient client = new EdgeClient(edge, Optional.empty());
    LibraryQuery failed = new LibraryQuery(Optional.empty(), Optional.of("failed"));
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    while (System.nanoTime() < deadline) {
      try {
        List<JsonNode> items = client.library(failed, 1, Optional.empty()).items();
        if (!items.isEmpty()) {
          return items.getFirst().path("taskId").asText();
        }
      } catch (EdgeRefusal refusal) {
        throw new StackFailure("the edge refused: " + refusal.getMessage(), refusal);
      }
      Thread.sleep(POLL_INTERVAL);
    }
    throw new StackFailure("the library does not show the failed task");
  }

  /** The history has events a moment after whoever waits for a task's end. */
  private void awaitStatistics() throws StackFailure, InterruptedException {
    StatisticsClient statistics = StatisticsClient.of(StackInfo.read(upFile), out::println);
    Instant yesterday = Instant.now().minus(Duration.ofDays(1)).truncatedTo(ChronoUnit.HOURS);
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    Map<String, Long> counted = statistics.since(yesterday).counts("type");
    while (!counted.equals(EVENTS)) {
      if (System.nanoTime() > deadline) {
        throw new StackFailure("analytics counts %s, not %s".formatted(counted, EVENTS));
      }
      Thread.sleep(POLL_INTERVAL);
      counted = statistics.since(yesterday).counts("type");
    }
  }
}
