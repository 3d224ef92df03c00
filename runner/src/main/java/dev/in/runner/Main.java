package dev.in.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.in.runner.process.StackFailure;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** iN's command line, after the launcher has found Java and built what is stale. */
@Command(
    name = "in",
    subcommands = {
      RunCommand.class,
      UpCommand.class,
      LoginCommand.class,
      LogoutCommand.class,
      SubmitCommand.class,
      TasksCommand.class,
      SearchCommand.class,
      StatusCommand.class,
      LogsCommand.class,
      TrainCommand.class,
      DrillCommand.class,
      RedriveCommand.class,
      ReplayCommand.class,
      StatsCommand.class,
      ForgetCommand.class,
      DemoCommand.class,
      DeployCommand.class,
      DestroyCommand.class
    },
    description = "iN: image processing on a local cloud.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND")
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    // JSON is UTF-8, and so are file names, whatever the locale says.
    System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8));
    System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8));
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new Main());
    // Ids of tasks may begin with a hyphen.
    for (String name : List.of(LogsCommand.NAME, RedriveCommand.NAME)) {
      commandLine.getSubcommands().get(name).setUnmatchedOptionsArePositionalParams(true);
    }
    return commandLine
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExitCodeExceptionMapper(
            failure ->
                failure instanceof ParameterException
                    ? ExitCode.WRONG_USAGE
                    : ExitCode.STACK_FAILED)
        .setExecutionExceptionHandler(Main::explain);
  }

  private static int explain(Exception failure, CommandLine command, ParseResult parsed) {
    if (failure instanceof StackFailure stackFailure) {
      stackFailure.lastLines().forEach(line -> command.getErr().println("  | " + line));
      command.getErr().println("in: " + printable(stackFailure.getMessage()));
    } else {
      failure.printStackTrace(command.getErr());
    }
    command.getErr().flush();
    return ExitCode.STACK_FAILED;
  }

  /** What others have said, edges and issuers, is quoted: nothing that a terminal would obey. */
  private static String printable(String message) {
    return message.replaceAll("[\\p{Cc}&&[^\n]]", "?");
  }

  /** The jar's version, and that of the Java it runs on. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {
        "iN %s, JDK %s"
            .formatted(version == null ? "(not packaged)" : version, Runtime.version().toString())
      };
    }
  }
}
