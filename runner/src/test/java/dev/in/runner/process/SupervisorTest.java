package dev.in.runner.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {
  @TempDir private Path folder;
  private final Children children = new Children(Duration.ofSeconds(1));
  private final BlockingQueue<String> notes = new LinkedBlockingQueue<>();
  private final CompletableFuture<StackFailure> givenUp = new CompletableFuture<>();

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
    assertThat(givenUp).isNotDone();
  }

  @Test
  void aComponentThatKeepsExitingIsGivenUp() throws Exception {
    supervisor("exit 1").start();

    assertThat(givenUp.get(30, TimeUnit.SECONDS))
        .hasMessage("component does not stay up: tried 5 times");
    assertThat(notes.stream().filter("component is up again"::equals)).hasSize(5);
  }

  @Test
  void aComponentThatIsStoppedWithTheOthersIsNotRestarted() throws Exception {
    Supervisor supervisor = supervisor("exec sleep 100");
    supervisor.start();

    children.end();

    assertThat(supervisor.child().isAlive()).isFalse();
    assertThat(notes.poll(300, TimeUnit.MILLISECONDS)).isNull();
    assertThat(givenUp).isNotDone();
  }

  @Test
  void aComponentThatCannotStartFailsTheStart() {
    Supervisor supervisor =
        new Supervisor(
            new Supervisor.Component() {
              @Override
              public String name() {
                return "component";
              }

              @Override
              public Child start() throws StackFailure {
                throw new StackFailure("no such thing");
              }

              @Override
              public int port() {
                return 0;
              }
            },
            children,
            notes::add,
            givenUp::complete);

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
    Supervisor.Component component =
        new Supervisor.Component() {
          @Override
          public String name() {
            return spec.name();
          }

          @Override
          public Child start() throws StackFailure {
            return children.start(spec, log, line -> Optional.empty()).child();
          }

          @Override
          public int port() {
            return 0;
          }
        };
    return new Supervisor(component, children, notes::add, givenUp::complete, Duration.ofMillis(1));
  }
}
