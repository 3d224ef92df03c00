package dev.in.runner;

import static dev.in.runner.ExitCode.ALL_COMPLETED;
import static dev.in.runner.ExitCode.SOME_DID_NOT;

import dev.in.events.Priority;
import dev.in.runner.batch.Batch;
import dev.in.runner.batch.StageEnds;
import dev.in.runner.edge.EdgeClient;
import dev.in.runner.edge.RetryPolicy;
import dev.in.runner.edge.SubmissionOptions;
import dev.in.runner.edge.Tasks;
import dev.in.runner.input.Input;
import dev.in.runner.input.Inputs;
import dev.in.runner.process.StackFailure;
import dev.in.runner.result.Row;
import dev.in.runner.stack.AotCaches;
import dev.in.runner.stack.Installation;
import dev.in.runner.stack.Stack;
import dev.in.runner.stack.StackOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Starts everything as {@code run} does, processes the samples, and keeps the AOT caches that this
 * trains for later starts.
 */
@Command(
    name = "train",
    description = "Train an AOT cache for every program, so that later starts are faster.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false)
final class TrainCommand implements Callable<Integer> {
  private static final Duration SAMPLES_TIMEOUT = Duration.ofMinutes(3);

  /** The JVM assembles each cache in a process of its own, all at the same time. */
  private static final Duration CACHES_TIMEOUT = Duration.ofMinutes(5);

  @Option(names = "--verbose", description = "Show the output of every component.")
  private boolean verbose;

  @Override
  public Integer call() throws StackFailure, InterruptedException {
    Console console = new PlainConsole(System.err::println, verbose);
    Installation installation = Installation.find();
    AotCaches caches = AotCaches.trained(installation.aotCaches());
    StackOptions options = StackOptions.defaults().withAotCaches(caches);
    try (StackSession session = StackSession.start(options, console)) {
      session.stack().startSideConsumers();
      List<Row> rows = processSamples(installation, session.stack(), console);
      console.note("writing the AOT caches ...");
      session.stack().stopAndWait(CACHES_TIMEOUT);
      StackSession.awaitEndIf(session.stack().closing());
      caches
          .keep()
          .forEach(
              (program, size) ->
                  console.note("%s has an AOT cache (%d MB)".formatted(program, size >> 20)));
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
            new RetryPolicy(SAMPLES_TIMEOUT, console::note),
            new SubmissionOptions(Priority.NORMAL, List.of()));
    Batch.Outcome outcome =
        new Batch(tasks, console, new StageEnds())
            .run(inputs, SAMPLES_TIMEOUT, row -> {}, stack.failure());
    if (outcome.failure().isPresent()) {
      throw outcome.failure().get();
    }
    return outcome.rows();
  }
}
