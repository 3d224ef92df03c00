package dev.in.runner.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** One process of the stack, tied to this one: it cannot outlive it. */
public final class Child {
  private final String name;
  private final Process process;

  private Child(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  /**
   * Starts a process.
   *
   * @param log gets all that it prints
   * @param parser extracts the awaited value from a line of output
   */
  static <T> StartingChild<T> start(
      ChildSpec spec, ChildLog log, Function<String, Optional<T>> parser) throws StackFailure {
    ProcessBuilder builder =
        new ProcessBuilder(Tether.tie(spec.command()))
            .directory(spec.directory().toFile())
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(spec.environment());
    try {
      Child child = new Child(spec.name(), builder.start());
      CompletableFuture<T> ready = new CompletableFuture<>();
      // No virtual one: reading a pipe would hold its carrier.
      Thread.ofPlatform()
          .daemon()
          .name(spec.name() + "-output")
          .start(() -> child.readOutput(log, parser, ready));
      return new StartingChild<>(child, log, ready);
    } catch (IOException e) {
      throw new StackFailure(spec.name() + " cannot be started: " + e.getMessage(), e);
    }
  }

  private <T> void readOutput(
      ChildLog log, Function<String, Optional<T>> parser, CompletableFuture<T> ready) {
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = output.readLine();
      while (line != null) {
        log.add(line);
        parser.apply(line).ifPresent(ready::complete);
        line = output.readLine();
      }
      ready.completeExceptionally(new IOException("the output ended"));
    } catch (IOException e) {
      ready.completeExceptionally(e);
    }
  }

  public String name() {
    return name;
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for its end, and gives its exit code (128 and the signal where one ended it). */
  public int awaitExit() throws InterruptedException {
    return process.waitFor();
  }

  /** Waits for it to exit; false when the time is over first. */
  boolean awaitExit(Duration time) throws InterruptedException {
    return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Asks it to end (TERM). Its output is still read: Process.destroy would close it. */
  void terminate() {
    process.toHandle().destroy();
  }

  /** Ends it at once (KILL). */
  public void kill() {
    process.toHandle().destroyForcibly();
  }
}
