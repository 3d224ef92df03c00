package dev.in.runner;

import dev.in.runner.login.TokenFiles;
import dev.in.runner.process.StackFailure;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Forgets what {@code login} has kept for an edge. */
@Command(
    name = "logout",
    description = "Remove the token that `in login` has kept for an edge; the issuer is not asked.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false)
final class LogoutCommand implements Callable<Integer> {
  @Mixin private EdgeOption edge;

  @Override
  public Integer call() throws StackFailure {
    URI address = edge.address();
    boolean removed = TokenFiles.ofUser().delete(address);
    System.out.println((removed ? "Signed out of " : "There was no token for ") + address + ".");
    return ExitCode.ALL_COMPLETED;
  }
}
