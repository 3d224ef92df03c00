package dev.in.runner;

import dev.in.runner.login.Login;
import dev.in.runner.login.SafeAddress;
import dev.in.runner.login.SavedToken;
import dev.in.runner.login.SignInChannel;
import dev.in.runner.login.TokenFiles;
import dev.in.runner.process.StackFailure;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Signs in at an edge. */
@Command(
    name = "login",
    description = {
      "Sign in at an edge, in the browser.",
      "The token is kept in $XDG_CONFIG_HOME/in, else ~/.config/in; submit, tasks and search send"
          + " it to that edge where IN_TOKEN is not set."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false)
final class LoginCommand implements Callable<Integer> {
  @Mixin private EdgeOption edge;

  @Option(
      names = "--channel",
      paramLabel = "NAME",
      description = "Through which of the edge's channels (default: the only one).")
  private String channel;

  @Option(
      names = "--no-browser",
      description = "Open no browser: only print the address of the page.")
  private boolean noBrowser;

  @Override
  public Integer call() throws StackFailure, InterruptedException {
    URI address = SafeAddress.require(edge.address().toString(), "the edge");
    SignInChannel chosen = SignInChannel.choose(address, Optional.ofNullable(channel));
    SavedToken token = new Login(chosen, this::show).run();
    TokenFiles.ofUser().write(address, token);
    System.out.printf(
        "Signed in at %s as %s (%s), until %s%s.%n",
        address,
        token.userName(),
        chosen.name(),
        token.expiresAt().truncatedTo(ChronoUnit.SECONDS),
        token.refreshToken().isPresent() ? ", and renewed when it is used then" : "");
    return ExitCode.ALL_COMPLETED;
  }

  private void show(URI page) {
    System.out.println("Sign in on this page, in a browser of this machine:");
    System.out.println(page);
    if (!noBrowser) {
      openBrowser(page);
    }
  }

  private static void openBrowser(URI page) {
    try {
      new ProcessBuilder("xdg-open", page.toString())
          .redirectOutput(Redirect.DISCARD)
          .redirectError(Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      System.out.println("(There is no xdg-open here: open it yourself.)");
    }
  }
}
