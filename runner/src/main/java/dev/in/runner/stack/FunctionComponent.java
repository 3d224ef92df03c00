package dev.in.runner.stack;

import static java.util.Objects.requireNonNull;

import dev.in.runner.process.Child;
import dev.in.runner.process.Liveness;
import dev.in.runner.process.StackFailure;
import dev.in.runner.process.StartingChild;
import dev.in.runner.process.Supervisor;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One function. Each time it is up its subscriptions are pointed to where it listens then. */
final class FunctionComponent implements Supervisor.Component {
  /** Slow machines and cold disks included. */
  private static final Duration START_TIMEOUT = Duration.ofMinutes(3);

  private static final int MEGABYTES = 384;

  /** Of Quarkus' own line in the log, whatever its format. */
  private static final Pattern LISTENING =
      Pattern.compile("Listening on: http://127\\.0\\.0\\.1:(\\d+)");

  private final Launcher launcher;
  private final Installation installation;
  private final Jvm jvm;
  private final HealthChecks health;
  private final PushEndpoints endpoints;
  private volatile int port;

  FunctionComponent(
      Launcher launcher,
      Installation installation,
      Jvm jvm,
      HealthChecks health,
      PushEndpoints endpoints) {
    this.launcher = requireNonNull(launcher, "launcher is null");
    this.installation = requireNonNull(installation, "installation is null");
    this.jvm = requireNonNull(jvm, "jvm is null");
    this.health = requireNonNull(health, "health is null");
    this.endpoints = requireNonNull(endpoints, "endpoints is null");
  }

  @Override
  public String name() {
    return launcher.name();
  }

  @Override
  public Child start() throws StackFailure, InterruptedException {
    StartingChild<Integer> started =
        launcher.launch(
            jvm.command(
                name(),
                MEGABYTES,
                installation.functionJars(name()),
                List.of("-jar", installation.functionJar(name()).toString())),
            FunctionComponent::port);
    port = started.await(START_TIMEOUT);
    URI endpoint = URI.create("http://127.0.0.1:" + port);
    health.awaitReady(started, endpoint.resolve("/q/health/ready"), START_TIMEOUT);
    endpoints.connect(name(), endpoint.resolve("/"));
    return started.child();
  }

  @Override
  public Liveness liveness() throws InterruptedException {
    return health.liveness(URI.create("http://127.0.0.1:" + port).resolve("/q/health/live"));
  }

  @Override
  public int port() {
    return port;
  }

  static Optional<Integer> port(String line) {
    Matcher matcher = LISTENING.matcher(line);
    return matcher.find() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
  }
}
