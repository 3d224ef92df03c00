package dev.in.runner;

import dev.in.runner.batch.StageEnds;
import dev.in.runner.login.EdgeTokens;
import dev.in.runner.process.StackFailure;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Processes the inputs at an edge that runs somewhere. */
@Command(
    name = "submit",
    description =
        "Process images at a running edge; IN_TOKEN, or what `in login` has kept for that edge, is"
            + " sent as the bearer token.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false)
final class SubmitCommand implements Callable<Integer> {
  @Option(
      names = "--to",
      required = true,
      paramLabel = "URL",
      description = "The edge's address, as `in up` prints it.")
  private URI edge;

  @Mixin private InputOptions options;

  @Override
  public Integer call() throws StackFailure, InterruptedException {
    EdgeTokens tokens = EdgeTokens.ofUser();
    Optional<String> token = tokens.token(edge, options.timeout());
    Console console = Console.of(System.err, options.verbose(), options.json());
    try {
      return new Submission(options, console, System.out)
          .run(edge, token, new StageEnds(), new CompletableFuture<>());
    } catch (StackFailure failure) {
      throw tokens.explain(failure, edge);
    }
  }
}
