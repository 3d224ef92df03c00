package dev.in.runner;

import dev.in.events.INEvent;
import dev.in.runner.batch.StageEnd;
import dev.in.runner.batch.StageEnds;
import dev.in.runner.process.StackFailure;
import dev.in.runner.stack.StackExtent;
import dev.in.runner.stack.StackOptions;
import dev.in.runner.stack.StageEvents;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Starts everything, processes the inputs, stops everything. */
@Command(
    name = "run",
    description = "Process images on a local cloud that is started for it and stopped afterwards.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false)
final class RunCommand implements Callable<Integer> {
  @Mixin private InputOptions options;

  @Override
  public Integer call() throws StackFailure, InterruptedException {
    Console console = Console.of(System.err, options.verbose(), options.json());
    Submission work = new Submission(options, console, System.out);
    StackOptions stack = StackOptions.defaults().withExtent(StackExtent.CHAIN);
    StageEnds stageEnds = new StageEnds();
    try (StackSession session = StackSession.start(stack, console);
        StageEvents _ =
            StageEvents.open(session.stack().cloud(), e -> stageEnds.accept(endOf(e)))) {
      try {
        // A stack of its own wants no token.
        int exitCode =
            work.run(
                session.stack().edge(), Optional.empty(), stageEnds, session.stack().failure());
        if (session.stack().missedAotCache()) {
          console.note("later starts are faster after `./in train` (about a minute, once)");
        }
        return exitCode;
      } catch (StackFailure failure) {
        StackSession.awaitEndIf(session.stack().closing());
        throw failure;
      }
    }
  }

  private static StageEnd endOf(INEvent<?> event) {
    return new StageEnd(event.taskId(), event.source(), event.timestamp());
  }
}
