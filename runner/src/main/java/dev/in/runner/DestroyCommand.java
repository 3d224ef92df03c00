package dev.in.runner;

import dev.in.runner.deploy.Destruction;
import dev.in.runner.deploy.SystemPrograms;
import dev.in.runner.process.StackFailure;
import dev.in.runner.stack.Installation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes a deployed environment away again. */
@Command(
    name = "destroy",
    description = {
      "Take away what deploy has made of an environment, but for documents and images.",
      "Exit code: 0, 1: it was not confirmed, or 3: a step failed."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false)
final class DestroyCommand implements Callable<Integer> {
  @Mixin private EnvironmentOptions environment;

  @Option(
      names = "--confirm",
      paramLabel = "PROJECT",
      description = "The project's name once more: without it nothing is destroyed.")
  private String confirmed;

  @Override
  public Integer call() throws StackFailure, InterruptedException {
    Console console = new PlainConsole(System.err::println, false);
    Destruction destruction =
        new Destruction(
            new SystemPrograms(),
            Installation.find().root(),
            environment.project(),
            environment.environment(),
            console::note);
    console.note("what stays:");
    destruction.stays().forEach(line -> console.note("  " + line));
    if (!environment.project().equals(confirmed)) {
      console.note(
          "nothing was destroyed: say --confirm %s to do it".formatted(environment.project()));
      return ExitCode.SOME_DID_NOT;
    }
    destruction.run();
    return ExitCode.ALL_COMPLETED;
  }
}
