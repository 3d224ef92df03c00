package dev.in.runner.login;

import static java.util.Objects.requireNonNull;

import dev.in.runner.process.StackFailure;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** Signs a user in at the issuer of a channel, by way of their browser. */
public final class Login {
  /** For a user who has to find a password; the edge gives them as long on its page. */
  private static final Duration TIME = Duration.ofMinutes(10);

  private final SignInChannel channel;
  private final Consumer<URI> browser;

  /**
   * @param browser gets the page on which the user signs in
   */
  public Login(SignInChannel channel, Consumer<URI> browser) {
    this.channel = requireNonNull(channel, "channel is null");
    this.browser = requireNonNull(browser, "browser is null");
  }

  /** Returns when the user has signed in. */
  public SavedToken run() throws StackFailure, InterruptedException {
    Issuer issuer = Issuer.discover(channel);
    PendingSignIn pending = PendingSignIn.begin();
    try (LoopbackServer server = LoopbackServer.start(pending.state())) {
      browser.accept(issuer.signInPage(pending, server.uri()));
      Map<String, String> answer = server.await(TIME);
      return issuer.exchange(answer, pending, server.uri());
    }
  }
}
