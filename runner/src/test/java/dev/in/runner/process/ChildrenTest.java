package dev.in.runner.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import dev.in.runner.Processes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildrenTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir private Path folder;
  private final String mark = "mark-" + UUID.randomUUID();
  private final Children children = new Children(Duration.ofMillis(300));
  private ChildLog log;

  @BeforeEach
  void openLog() throws IOException {
    log = new ChildLog(folder.resolve("log"), line -> {});
  }

  @AfterEach
  void end() throws InterruptedException {
    children.end();
    log.close();
  }

  @Test
  void aChildHasTheProcessIdOfTheCommandItself() throws Exception {
    StartingChild<Long> started = start("echo pid $$; exec sleep 100");

    assertThat(started.await(SOON)).isEqualTo(started.child().pid());
  }

  @Test
  void aChildsStandardInputIsEmpty() throws Exception {
    StartingChild<Long> started = start("cat; echo pid 1; exec sleep 100");

    assertThat(started.await(SOON)).isEqualTo(1);
  }

  @Test
  void aChildGetsItsOwnEnvironmentAlone() throws Exception {
    StartingChild<Long> started = start("env | sort; echo pid 1");

    started.await(SOON);
    started.child().awaitExit();
    assertThat(log.lastLines())
        .contains("MARK=" + mark)
        .noneMatch(line -> line.startsWith("HOME="));
  }

  @Test
  void aChildThatHonoursTermExits() throws Exception {
    StartingChild<Long> started =
        start("trap 'exit 7' TERM; echo pid 1; while :; do sleep 0.01; done");
    started.await(SOON);

    children.end();

    assertThat(started.child().awaitExit()).isEqualTo(7);
    assertThat(Processes.leftAfter(SOON, mark)).isEmpty();
  }

  @Test
  void aChildThatIgnoresTermIsKilled() throws Exception {
    StartingChild<Long> started = start("trap '' TERM; echo pid 1; while :; do sleep 0.01; done");
    started.await(SOON);

    children.end();

    assertThat(started.child().awaitExit()).isEqualTo(128 + 9);
    assertThat(Processes.leftAfter(SOON, mark)).isEmpty();
  }

  @Test
  void aChildThatExitsByItselfLeavesNoWatcherBehind() throws Exception {
    StartingChild<Long> started = start("echo pid 1");

    assertThat(started.child().awaitExit()).isZero();

    assertThat(Processes.leftAfter(SOON, mark)).isEmpty();
  }

  @Test
  void noChildStartsWhileTheGroupIsBeingStopped() throws Exception {
    children.end();

    assertThatThrownBy(() -> start("sleep 100")).isInstanceOf(StackFailure.class);
    assertThat(Processes.with(mark)).isEmpty();
  }

  @Test
  void aChildThatExitsBeforeItIsReadyFailsWithItsLastLines() throws Exception {
    StartingChild<Long> started = start("echo no luck; exit 3");

    assertThatThrownBy(() -> started.await(SOON))
        .isInstanceOf(StackFailure.class)
        .hasMessage("test ended while it started")
        .extracting(failure -> ((StackFailure) failure).lastLines(), LIST)
        .containsExactly("no luck");
  }

  @Test
  void aChildThatIsNotReadyInTimeIsKilled() throws Exception {
    StartingChild<Long> started = start("exec sleep 100");

    assertThatThrownBy(() -> started.await(Duration.ofMillis(200)))
        .hasMessageStartingWith("test was not up");

    assertThat(started.child().awaitExit()).isEqualTo(128 + 9);
  }

  @Test
  void childrenEndWithTheProcessThatStartedThemEvenByKill9() throws Exception {
    Process parent = startParent("exec sleep 100");

    Processes.kill9(parent.pid());

    assertThat(Processes.leftAfter(SOON, mark)).isEmpty();
  }

  @Test
  void childrenThatIgnoreTermEndWithTheProcessThatStartedThem() throws Exception {
    Process parent = startParent("trap '' TERM; while :; do sleep 0.01; done");

    Processes.kill9(parent.pid());

    assertThat(Processes.leftAfter(SOON, mark)).isEmpty();
  }

  @Test
  void theLogKeepsEveryLine() throws Exception {
    StartingChild<Long> started = start("seq 1 100; echo pid 1");
    started.await(SOON);
    started.child().awaitExit();

    assertThat(Files.readAllLines(folder.resolve("log"))).hasSize(101).startsWith("1", "2");
    assertThat(log.lastLines()).hasSize(30).startsWith("72").endsWith("pid 1");
  }

  private StartingChild<Long> start(String script) throws StackFailure {
    return children.start(spec(script), log, ChildrenTest::pid);
  }

  private ChildSpec spec(String script) {
    return new ChildSpec(
        "test",
        List.of("/bin/sh", "-c", script),
        Map.of("MARK", mark, "PATH", System.getenv("PATH")),
        folder);
  }

  /** Another Java that starts the script as a child; returns when it runs. */
  private Process startParent(String script) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Parent.class.getName(),
            "echo pid 1; " + script,
            folder.toString());
    builder.environment().put("MARK", mark);
    Process parent = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String line = new BufferedReader(new InputStreamReader(parent.getInputStream())).readLine();
    assertThat(line).isEqualTo("started");
    return parent;
  }

  private static Optional<Long> pid(String line) {
    return line.startsWith("pid ")
        ? Optional.of(Long.valueOf(line.substring(4)))
        : Optional.empty();
  }

  /** A process with one child, which waits to be killed. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] args) throws Exception {
      Path folder = Path.of(args[1]);
      new Children(Duration.ofSeconds(5))
          .start(
              new ChildSpec("test", List.of("/bin/sh", "-c", args[0]), System.getenv(), folder),
              new ChildLog(folder.resolve("parent-log"), line -> {}),
              ChildrenTest::pid)
          .await(SOON);
      System.out.println("started");
      Thread.sleep(Duration.ofMinutes(2));
    }
  }
}
