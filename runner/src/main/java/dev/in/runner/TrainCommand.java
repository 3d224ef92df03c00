package dev.in.runner;

import static dev.in.runner.ExitCode.ALL_COMPLETED;
import static dev.in.runner.ExitCode.SOME_DID_NOT;

import dev.in.events.Priority;
import dev.in.runner.batch.Batch;
import dev.in.runner.edge.EdgeClient;
import dev.in.runner.edge.Patience;
import dev.in.runner.edge.Tasks;
import dev.in.runner.edge.Wishes;
import dev.in.runner.input.Input;
import dev.in.runner.input.Inputs;
import dev.in.runner.process.StackFailure;
import dev.in.runner.result.Row;
import dev.in.runner.stack.Installation;
import dev.in.runner.stack.Stack;
import dev.in.runner.stack.StackOptions;
import dev.in.runner.stack.StartCaches;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Starts everything as {@code run} does, processes the samples, and keeps what Java has learned of
 * these starts for the next.
 */
@Command(
    name = "train",
    description = "Let every program learn its start, so that the next ones are faster.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class TrainCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration FOR_THE_SAMPLES = Duration.ofMinutes(3);

  /** Java puts a cache together in a process of its own, one for each program, all at once. */
  private static final Duration FOR_THE_CACHES = Duration.ofMinutes(5);

  @Option(names = "--verbose", description = "Show what every part prints.")
  private boolean verbose;

  @Override
  public Integer call() throws StackFailure, InterruptedException {
    Console console = new PlainConsole(System.err::println, verbose);
    Installation installation = Installation.find();
    StartCaches caches = StartCaches.trained(installation.startCaches());
    StackOptions options = StackOptions.defaults().withStartCaches(caches);
    try (StackSession session = StackSession.start(options, console)) {
      List<Row> rows = processSamples(installation, session.stack(), console);
      console.note("what was learned is written down ...");
      session.stack().endSlowly(FOR_THE_CACHES);
      StackSession.awaitEndIf(session.stack().closing());
      caches
          .keep()
          .forEach(
              (program, size) ->
                  console.note("%s has a cache (%d MB)".formatted(program, size >> 20)));
      return rows.stream().anyMatch(Row::completed) ? ALL_COMPLETED : SOME_DID_NOT;
    }
  }

  private static List<Row> processSamples(Installation installation, Stack stack, Console console)
      throws StackFailure, InterruptedException {
    String samples = installation.root().resolve("samples").toString();
    List<Input> inputs = Inputs.of(List.of(samples), console::note);
    Tasks tasks =
        new Tasks(
            new EdgeClient(stack.edge(), Optional.empty()),
            new Patience(PATIENCE, console::note),
            new Wishes(Priority.NORMAL, List.of()));
    return new Batch(tasks, console).run(inputs, FOR_THE_SAMPLES, row -> {}, stack.failure());
  }
}
