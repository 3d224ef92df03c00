package dev.in.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of {@code ./in bench}. */
@Command(
    name = "in bench",
    description = "Measure this project beside what it can be compared with.",
    mixinStandardHelpOptions = true,
    subcommands = {
      StartsCommand.class,
      PipelineCommand.class,
      MetadataCommand.class,
      LocalCloudCommand.class,
      SocketsCommand.class
    },
    synopsisSubcommandLabel = "COMMAND")
public final class Main {
  private Main() {}

  /** Runs one measurement; the exit code is 0 if it could be made. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Main()).execute(arguments));
  }
}
