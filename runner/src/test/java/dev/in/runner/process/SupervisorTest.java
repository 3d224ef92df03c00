package dev.in.runner.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.in.runner.Wait;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SupervisorTest {
  @TempDir private Path folder;
  private final Children children = new Children(Duration.ofSeconds(1));
  private final BlockingQueue<String> notes = new LinkedBlockingQueue<>();
  private final AtomicInteger checks = new AtomicInteger();
  private volatile Liveness liveness = Liveness.ALIVE;
  private volatile Duration unhealthyLimit = Duration.ofMillis(50);

  /** How many restarts fail; negative if not even the first start succeeds. */
  private volatile int failures;

  @AfterEach
  void end() throws InterruptedException {
    children.end();
  }

  @Test
  void aComponentThatExitsIsRestarted() throws Exception {
    Supervisor supervisor = supervisor("exec sleep 100");
    supervisor.start();
    Child first = supervisor.child();

    first.kill();

    assertThat(note()).isEqualTo("component exited (137) and is restarted");
    assertThat(note()).isEqualTo("component is up again");
    assertThat(supervisor.child().pid()).isNotEqualTo(first.pid());
    assertThat(supervisor.child().isAlive()).isTrue();
  }

  @Test
  void aComponentThatKeepsExitingIsReportedOnceAndRestartedForEver() throws Exception {
    supervisor("exit 1").start();

    int restarts = 0;
    int reports = 0;
    while (restarts < 10) {
      String note = note();
      restarts += note.equals("component is up again") ? 1 : 0;
      if (note.startsWith("component has failed 5 times within 60 s")) {
        assertThat(restarts).isEqualTo(4);
        reports++;
      }
    }
    assertThat(reports).isEqualTo(1);
  }

  @Test
  void aComponentThatDoesNotComeUpAgainIsTriedUntilItDoes() throws Exception {
    failures = 3;
    Supervisor supervisor = supervisor("exec sleep 100");
    supervisor.start();

    supervisor.child().kill();

    assertThat(note()).isEqualTo("component exited (137) and is restarted");
    assertThat(note()).isEqualTo("not now");
    assertThat(note()).isEqualTo("not now");
    assertThat(note()).isEqualTo("not now");
    assertThat(note()).isEqualTo("component is up again");
  }

  @ParameterizedTest
  @EnumSource(
      value = Liveness.class,
      names = {"UNHEALTHY", "NOT_LISTENING"})
  void aProcessThatRunsButDoesNotAnswerIsKilledAndReplaced(Liveness state) throws Exception {
    Supervisor supervisor = supervisor("exec sleep 100");
    supervisor.start();
    Child first = supervisor.child();

    liveness = state;

    assertThat(note()).isEqualTo("component does not answer any more and is restarted");
    assertThat(first.isAlive()).isFalse();
    assertThat(note()).isEqualTo("component is up again");
  }

  @Test
  void aComponentThatAnswersAgainInTimeIsKept() throws Exception {
    unhealthyLimit = Duration.ofMinutes(1);
    Supervisor supervisor = supervisor("exec sleep 100");
    supervisor.start();
    Child first = supervisor.child();

    liveness = Liveness.UNHEALTHY;
    int checksBefore = checks.get();
    Wait.until(checks::get, count -> count > checksBefore + 3);
    liveness = Liveness.ALIVE;

    assertThat(supervisor.child()).isSameAs(first);
    assertThat(first.isAlive()).isTrue();
    assertThat(notes).isEmpty();
  }

  @Test
  void aComponentThatIsStoppedWithTheOthersIsNotRestarted() throws Exception {
    Supervisor supervisor = supervisor("exec sleep 100");
    supervisor.start();

    children.end();

    assertThat(supervisor.child().isAlive()).isFalse();
    assertThat(notes.poll(300, TimeUnit.MILLISECONDS)).isNull();
  }

  @Test
  void aComponentThatCannotStartFailsTheStart() throws Exception {
    failures = -1;
    Supervisor supervisor = supervisor("exec sleep 100");

    assertThatThrownBy(supervisor::start)
        .isInstanceOf(StackFailure.class)
        .hasMessage("no such thing");
  }

  private String note() throws InterruptedException {
    return notes.poll(10, TimeUnit.SECONDS);
  }

  private Supervisor supervisor(String script) throws IOException {
    ChildLog log = new ChildLog(folder.resolve("log"), line -> {});
    ChildSpec spec =
        new ChildSpec(
            "component",
            List.of("/bin/sh", "-c", script),
            Map.of("PATH", System.getenv("PATH")),
            folder);
    SupervisionPolicy policy =
        new SupervisionPolicy(
            Duration.ofMillis(1),
            Duration.ofMillis(4),
            Duration.ofMinutes(1),
            5,
            Duration.ofMillis(10),
            unhealthyLimit,
            Duration.ofMillis(50));
    return new Supervisor(new ScriptComponent(spec, log), children, notes::add, policy);
  }

  /** Runs a shell script. */
  private final class ScriptComponent implements Supervisor.Component {
    private final ChildSpec spec;
    private final ChildLog log;
    private boolean started;

    ScriptComponent(ChildSpec spec, ChildLog log) {
      this.spec = spec;
      this.log = log;
    }

    @Override
    public String name() {
      return spec.name();
    }

    @Override
    public Child start() throws StackFailure {
      if (failures < 0) {
        throw new StackFailure("no such thing");
      }
      if (started && failures > 0) {
        failures--;
        throw new StackFailure("not now");
      }
      started = true;
      liveness = Liveness.ALIVE;
      return children.start(spec, log, line -> Optional.empty()).child();
    }

    @Override
    public Liveness liveness() {
      checks.incrementAndGet();
      return liveness;
    }

    @Override
    public int port() {
      return 0;
    }
  }
}
