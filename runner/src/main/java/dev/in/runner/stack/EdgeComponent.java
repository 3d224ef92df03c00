package dev.in.runner.stack;

import static java.util.Objects.requireNonNull;

import dev.in.runner.process.Child;
import dev.in.runner.process.Liveness;
import dev.in.runner.process.StackFailure;
import dev.in.runner.process.StartingChild;
import dev.in.runner.process.Supervisor;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The edge: the Worker on workerd. StartingChild again it has the same port and the same disk, so
 * tasks and watchers find their coordinators again.
 */
final class EdgeComponent implements Supervisor.Component {
  private static final Duration START_TIMEOUT = Duration.ofMinutes(1);

  /** What workerd writes to its control descriptor; edge/README.md says so, too. */
  private static final Pattern LISTENING =
      Pattern.compile("\\{\"event\":\"listen\",\"socket\":\"http\",\"port\":(\\d+)\\}");

  private final Launcher launcher;
  private final Installation installation;
  private final HealthChecks health;
  private final Path disk;
  private volatile int port;

  /**
   * @param disk where coordinators live; exists
   * @param port 0 for a free one, which is then kept
   */
  EdgeComponent(
      Launcher launcher, Installation installation, HealthChecks health, Path disk, int port) {
    this.launcher = requireNonNull(launcher, "launcher is null");
    this.installation = requireNonNull(installation, "installation is null");
    this.health = requireNonNull(health, "health is null");
    this.disk = requireNonNull(disk, "disk is null");
    this.port = port;
  }

  @Override
  public String name() {
    return launcher.name();
  }

  @Override
  public Child start() throws StackFailure, InterruptedException {
    StartingChild<Integer> started =
        launcher.launch(
            List.of(
                installation.edgeBinary().toString(),
                "serve",
                installation.edgeConfiguration().toString(),
                "--socket-addr=http=127.0.0.1:" + port,
                "--control-fd=1",
                "--directory-path=coordinators=" + disk),
            EdgeComponent::port);
    port = started.await(START_TIMEOUT);
    health.awaitReady(started, uri().resolve("/healthz"), START_TIMEOUT);
    return started.child();
  }

  /** Where the edge is, once it has been started. */
  URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public Liveness liveness() throws InterruptedException {
    return health.liveness(uri().resolve("/healthz"));
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
