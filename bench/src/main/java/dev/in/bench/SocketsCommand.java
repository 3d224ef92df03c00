package dev.in.bench;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the edge's WebSockets beside those of the smallest Worker. */
@Command(
    name = "sockets",
    description =
        "WebSockets on the feeds of some accounts, and all on one; the same with a Worker that only"
            + " accepts them. Each must receive every event, over a SIGKILL of the edge, too.",
    mixinStandardHelpOptions = true)
final class SocketsCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<LinkedHashMap<String, Object>> FIELDS =
      new TypeReference<>() {};

  @Mixin private BenchOptions options;

  @Option(
      names = "--sockets",
      paramLabel = "N",
      defaultValue = "5000",
      description = "How many WebSockets (default: ${DEFAULT-VALUE}).")
  private int sockets;

  @Option(
      names = "--accounts",
      paramLabel = "N",
      defaultValue = "50",
      description = "On how many accounts at first (default: ${DEFAULT-VALUE}).")
  private int accounts;

  /** The measuring is the edge's own script, with Node's WebSockets. */
  @Override
  public Integer call() throws IOException, InterruptedException {
    Process node =
        new ProcessBuilder(
                List.of(
                    "node",
                    "build/bench.js",
                    "sockets",
                    "--sockets=" + sockets,
                    "--accounts=" + accounts,
                    "--rounds=" + options.rounds()))
            .directory(BenchOptions.root().resolve("edge").toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(node)));
    try (BufferedReader lines = node.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Map<String, Object> result = JSON.readValue(line, FIELDS);
        options.report(System.out, result);
      }
    }
    return node.waitFor();
  }

  /** With the processes that it has started. */
  private static void end(Process node) {
    node.descendants().forEach(ProcessHandle::destroyForcibly);
    node.destroyForcibly();
  }
}
