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

/**
 * The OpenID Connect provider of a stack whose users sign in: {@code oidc-provider} on Node.
 * Started again it has the same address, and has forgotten everything.
 */
final class SignInProvider implements Supervisor.Component {
  private static final Duration START_TIMEOUT = Duration.ofMinutes(1);
  private static final String DISCOVERY = "/.well-known/openid-configuration";
  private static final Pattern LISTENING =
      Pattern.compile("\\{\"event\":\"listen\",\"port\":(\\d+)\\}");

  private final Launcher launcher;
  private final Installation installation;
  private final HealthChecks health;
  private volatile int port;

  /**
   * @param port 0 for a free one, which is then kept
   */
  SignInProvider(Launcher launcher, Installation installation, HealthChecks health, int port) {
    this.launcher = requireNonNull(launcher, "launcher is null");
    this.installation = requireNonNull(installation, "installation is null");
    this.health = requireNonNull(health, "health is null");
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
                installation.node(),
                installation.signInProvider().toString(),
                Integer.toString(port)),
            SignInProvider::port);
    port = started.await(START_TIMEOUT);
    health.awaitReady(started, uri().resolve(DISCOVERY), START_TIMEOUT);
    return started.child();
  }

  /** The issuer, once it has been started. */
  URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public Liveness liveness() throws InterruptedException {
    return health.liveness(uri().resolve(DISCOVERY));
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
