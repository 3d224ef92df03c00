package dev.in.runner;

import dev.in.runner.process.StackFailure;
import dev.in.runner.stack.ExternalFunction;
import dev.in.runner.stack.Installation;
import dev.in.runner.stack.LocalSignIn;
import dev.in.runner.stack.Stack;
import dev.in.runner.stack.StackOptions;
import dev.in.runner.stack.UpFile;
import dev.in.topology.Topology;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts everything and keeps it running. */
@Command(
    name = "up",
    description = "Start a local cloud with everything on it and keep it running.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    sortOptions = false)
final class UpCommand implements Callable<Integer> {
  private static final int MAX_PORT = 65_535;

  @Spec private CommandSpec command;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "0",
      description = "The edge's port on 127.0.0.1 (default: a free one).")
  private int port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Keep state there from one start to the next.")
  private Path data;

  @Option(
      names = "--without",
      paramLabel = "FUNCTION",
      description = "Do not start this function; print how to start it by hand. May be repeated.")
  private Set<String> without = Set.of();

  @Option(
      names = "--sign-in",
      arity = "0..1",
      fallbackValue = "0",
      paramLabel = "PORT",
      description = {
        "Let only users in who sign in, as alice or bob, on the page or by `in login`: at an OpenID"
            + " Connect provider of this stack, on that port of 127.0.0.1 (default: a free one).",
        "Users are others at another port: choose one to find with --data what they had."
      })
  private Integer signInPort;

  @Option(names = "--verbose", description = "Show the output of every component.")
  private boolean verbose;

  @Option(names = "--up-file", hidden = true, defaultValue = ".in/up.json")
  private Path upFileName;

  @Override
  public Integer call() throws StackFailure, InterruptedException {
    requireExisting(port);
    Console console = new PlainConsole(System.err::println, verbose);
    requireFree(port);
    StackOptions options = StackOptions.defaults().withEdgePort(port).without(without);
    requireKnown(options.functions(Topology.load()));
    if (data != null) {
      options = options.withDataDirectory(data.toAbsolutePath());
    }
    if (signInPort != null) {
      requireExisting(signInPort);
      requireFree(signInPort);
      options = options.withSignIn(signInPort);
    }
    try (UpFile upFile = UpFile.claim(Installation.find().root().resolve(upFileName));
        StackSession session = StackSession.start(options, console)) {
      Stack stack = session.stack();
      Runtime.getRuntime().addShutdownHook(new Thread(upFile::close, "remove-up-file"));
      stack.onChange(() -> upFile.write(stack));
      upFile.write(stack);
      stack.externalFunctions().forEach(function -> hint(function, upFile).forEach(console::note));
      if (signInPort != null) {
        console.note(
            "sign in as %s, without a password: on the page, or by ./in login before"
                    .formatted(String.join(" or ", LocalSignIn.USERS))
                + " ./in submit --to %s INPUT...".formatted(stack.edge()));
      }
      System.out.println("ready " + stack.edge());
      stack.startSideConsumers();
      StackFailure failure = stack.failure().get();
      StackSession.awaitEndIf(stack.closing());
      throw failure;
    } catch (ExecutionException e) {
      throw new IllegalStateException("the stack's failure is unknown", e);
    }
  }

  private void requireExisting(int wanted) {
    if (wanted < 0 || wanted > MAX_PORT) {
      throw new ParameterException(command.commandLine(), "There is no port " + wanted + ".");
    }
  }

  private void requireKnown(List<String> functions) {
    for (String function : without) {
      if (!functions.contains(function)) {
        throw new ParameterException(
            command.commandLine(),
            "There is no function '%s'; there are %s."
                .formatted(function, String.join(", ", functions)));
      }
    }
  }

  /** Each in a shell of its own, so that nothing of the environment stays in the user's. */
  private static List<String> hint(ExternalFunction function, UpFile upFile) {
    String name = function.name();
    String environment = upFile.environment(function).toString();
    return List.of(
        name
            + " is not started; its messages wait. To start it with live reload, with"
            + " Maven 3.9 or later:",
        "  (. '%s' && mvn -pl functions/%s -am compile quarkus:dev)".formatted(environment, name),
        "or the built application:",
        "  (. '%s' && java -jar functions/%s/target/quarkus-app/quarkus-run.jar)"
            .formatted(environment, name));
  }

  /** Checked before anything is started, for a clearer message than workerd's. */
  private static void requireFree(int port) throws StackFailure {
    try {
      new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    } catch (IOException e) {
      throw new StackFailure("port %d is in use".formatted(port), e);
    }
  }
}
