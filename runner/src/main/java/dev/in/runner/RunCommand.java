package dev.in.runner;

import dev.in.runner.process.StackFailure;
import dev.in.runner.stack.StackOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Starts everything, processes the inputs, stops everything. */
@Command(
    name = "run",
    description = "Process pictures on a local cloud that is started for it, and stop it again.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class RunCommand implements Callable<Integer> {
  @Mixin private InputOptions options;

  @Override
  public Integer call() throws StackFailure, InterruptedException {
    Console console = Console.of(System.err, options.verbose(), options.json());
    Work work = new Work(options, console, System.out);
    try (StackSession session = StackSession.start(StackOptions.defaults(), console)) {
      try {
        int exitCode = work.run(session.stack().edge(), session.stack().failure());
        if (session.stack().missedStartCache()) {
          console.note("the next starts are faster after `./in train` (about a minute, once)");
        }
        return exitCode;
      } catch (StackFailure failure) {
        StackSession.awaitEndIf(session.stack().closing());
        throw failure;
      }
    }
  }
}
