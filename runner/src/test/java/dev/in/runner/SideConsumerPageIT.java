package dev.in.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Follows docs/contributing.md, as a reader would, from sources to a consumer that is filled. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class SideConsumerPageIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONG = Duration.ofMinutes(3);
  private static final String CONSUMER = "format-log";
  private static final int MISSED = 20;

  /** What the change makes Maven look at. All else stays as it was built. */
  private static final List<String> COPIED =
      List.of(
          "pom.xml",
          ".mvn",
          "common-events",
          "image-formats",
          "analysis",
          "emulator",
          "runner",
          "functions/core");

  @TempDir private Path folder;

  @Test
  void aSideConsumerThatIsAddedAsThePageSaysIsFilledByAReplay() throws Exception {
    Path project = copy();
    String page = Files.readString(InCommand.root().resolve("docs/contributing.md"));
    PageChanges.of(page).applyTo(project);
    build(project);

    try (RunningStack stack = start(project);
        StackPubSub pubSub = new StackPubSub(stack);
        TestingServer elsewhere = new TestingServer()) {
      elsewhere.answer("POST /", 204, "");
      Wait.until(
          () -> stack.upFile().path("processes").findValuesAsText("name"),
          names -> names.containsAll(List.of("log-enhancer", CONSUMER)));
      long bytes = submit(stack, 1);
      Wait.until(() -> logged(stack), lines -> lines.size() == 1);
      try (StackPubSub.Redirection _ = pubSub.redirect(CONSUMER, elsewhere.uri())) {
        submit(stack, MISSED);
        awaitNothingLeft(stack, CONSUMER);
      }
      awaitNothingLeft(stack, "log-enhancer-lifecycle");
      assertThat(elsewhere.requests()).hasSizeGreaterThanOrEqualTo(MISSED);
      assertThat(logged(stack)).hasSize(1);

      assertThat(replay(project, stack).path("replayed").asInt()).isEqualTo(1 + MISSED);

      Wait.until(() -> logged(stack), lines -> lines.size() == 1 + 1 + MISSED);
      assertThat(logged(stack)).containsOnly("format image/png, %d bytes".formatted(bytes));
    }
  }

  /** Of the project, with what was built of it. */
  private Path copy() throws Exception {
    Path project = folder.resolve("project");
    Files.createDirectories(project.resolve("functions"));
    for (String name : COPIED) {
      Path to = project.resolve(name).getParent();
      run(folder, "cp", "-Rp", InCommand.root().resolve(name).toString(), to.toString());
    }
    link(project, "edge");
    link(project, "coordinator-client");
    link(project, "bench");
    try (Stream<Path> functions = Files.list(InCommand.root().resolve("functions"))) {
      for (Path function : functions.toList()) {
        if (!function.endsWith("core")) {
          link(project, "functions/" + function.getFileName());
        }
      }
    }
    return project;
  }

  private static void link(Path project, String name) throws IOException {
    Files.createSymbolicLink(project.resolve(name), InCommand.root().resolve(name));
  }

  /** Only what the change concerns: {@code ./in up} would make all functions again. */
  private void build(Path project) throws Exception {
    run(
        project,
        "mvn",
        "-o",
        "-q",
        "-B",
        "-T4",
        "-Din.untested=true",
        "-pl",
        "functions/" + CONSUMER + ",runner",
        "-am",
        "package");
  }

  private void run(Path directory, String... command) throws Exception {
    Path log = folder.resolve("command.log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    try {
      assertThat(process.waitFor(LONG)).as(String.join(" ", command)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
  }

  /** The chain, who keeps the history, and the new consumer. */
  private static RunningStack start(Path project) throws Exception {
    List<String> options = new ArrayList<>();
    for (String function : List.of("recovery", "notification", "analytics", "tag-indexer")) {
      options.addAll(List.of("--without", function));
    }
    return RunningStack.start(InCommand.ofBuilt(project), options.toArray(String[]::new));
  }

  /** Submits so many images and returns how many bytes each has. */
  private long submit(RunningStack stack, int count) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("--features", "colors"));
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      Path image = TestImages.write(folder.resolve("image-%d.png".formatted(i)), 32, 24);
      bytes = Files.size(image);
      arguments.add(image.toString());
    }
    try (InCommand submit = stack.submit(arguments)) {
      assertThat(submit.awaitExit(LONG)).isZero();
    }
    return bytes;
  }

  private static void awaitNothingLeft(RunningStack stack, String subscription) throws Exception {
    Wait.until(
        () -> stack.subscription(subscription).path("backlog").asLong(), backlog -> backlog == 0);
  }

  /** The lines that the consumer has logged. */
  private static List<String> logged(RunningStack stack) throws IOException {
    return stack.log(CONSUMER).stream()
        .map(line -> line.path("message").asText())
        .filter(message -> message.startsWith("format "))
        .toList();
  }

  private JsonNode replay(Path project, RunningStack stack) throws Exception {
    try (InCommand replay =
        InCommand.start(
            folder,
            Map.of(),
            InCommand.ofBuilt(project),
            "replay",
            "--to",
            CONSUMER,
            "--json",
            "--rate",
            "100",
            "--up-file",
            stack.upFilePath().toString())) {
      assertThat(replay.awaitExit(LONG)).as(replay.errors().toString()).isZero();
      return JSON.readTree(String.join("", replay.out()));
    }
  }
}
