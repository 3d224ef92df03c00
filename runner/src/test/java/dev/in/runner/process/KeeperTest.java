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

class KeeperTest {
  @TempDir private Path folder;
  private final Children children = new Children(Duration.ofSeconds(1));
  private final BlockingQueue<String> notes = new LinkedBlockingQueue<>();
  private final CompletableFuture<StackFailure> givenUp = new CompletableFuture<>();

  @AfterEach
  void end() throws InterruptedException {
    children.end();
  }

  @Test
  void aPartThatDiesIsStartedAgain() throws Exception {
    Keeper keeper = keeper("exec sleep 100");
    keeper.start();
    Child first = keeper.child();

    first.kill();

    assertThat(note()).isEqualTo("part died (exit 137) and is started again");
    assertThat(note()).isEqualTo("part is up again");
    assertThat(keeper.child().pid()).isNotEqualTo(first.pid());
    assertThat(keeper.child().isAlive()).isTrue();
    assertThat(givenUp).isNotDone();
  }

  @Test
  void aPartThatKeepsDyingIsGivenUp() throws Exception {
    keeper("exit 1").start();

    assertThat(givenUp.get(30, TimeUnit.SECONDS))
        .hasMessage("part does not stay up: tried 5 times");
    assertThat(notes.stream().filter("part is up again"::equals)).hasSize(5);
  }

  @Test
  void aPartThatEndsWithTheOthersIsNotStartedAgain() throws Exception {
    Keeper keeper = keeper("exec sleep 100");
    keeper.start();

    children.end();

    assertThat(keeper.child().isAlive()).isFalse();
    assertThat(notes.poll(300, TimeUnit.MILLISECONDS)).isNull();
    assertThat(givenUp).isNotDone();
  }

  @Test
  void aPartThatCannotStartFailsTheStart() {
    Keeper keeper =
        new Keeper(
            new Keeper.Part() {
              @Override
              public String name() {
                return "part";
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

    assertThatThrownBy(keeper::start).isInstanceOf(StackFailure.class).hasMessage("no such thing");
  }

  private String note() throws InterruptedException {
    return notes.poll(10, TimeUnit.SECONDS);
  }

  private Keeper keeper(String script) throws IOException {
    ChildLog log = new ChildLog(folder.resolve("log"), line -> {});
    ChildSpec spec =
        new ChildSpec(
            "part",
            List.of("/bin/sh", "-c", script),
            Map.of("PATH", System.getenv("PATH")),
            folder);
    Keeper.Part part =
        new Keeper.Part() {
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
    return new Keeper(part, children, notes::add, givenUp::complete, Duration.ofMillis(1));
  }
}
