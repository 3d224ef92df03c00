package dev.in.runner;

import dev.in.runner.edge.LibraryQuery;
import dev.in.runner.process.StackFailure;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Searches one's tasks by what was found in their images. */
@Command(
    name = "search",
    description = {
      "Search tasks by what was found in their images; all words must match, as beginnings.",
      "camera:, color:, before:DAY, after:DAY and status: narrow it.",
      "IN_TOKEN, or what `in login` has kept for that edge, is sent as the bearer token."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false)
final class SearchCommand implements Callable<Integer> {
  @Parameters(paramLabel = "QUERY", arity = "1..*", description = "As in `pier color:blue`.")
  private List<String> query;

  @Mixin private LibraryOptions options;

  @Override
  public Integer call() throws StackFailure, InterruptedException {
    return options.print(new LibraryQuery(Optional.of(String.join(" ", query)), Optional.empty()));
  }
}
