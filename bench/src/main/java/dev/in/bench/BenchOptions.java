package dev.in.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Options that every measurement has, and how it reports. */
final class BenchOptions {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "How often each thing is measured, in turn (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(names = "--json", description = "Print one JSON object a line.")
  private boolean json;

  int rounds() {
    return rounds;
  }

  /** The project's folder. */
  static Path root() {
    return Path.of(System.getProperty("in.root", "."));
  }

  /** Prints one result. */
  void report(PrintStream out, Map<String, Object> result) throws java.io.IOException {
    out.println(json ? JSON.writeValueAsString(result) : text(result));
  }

  /** Says on standard error what is being done. */
  static void progress(String text) {
    System.err.println("bench: " + text);
  }

  private static String text(Map<String, Object> result) {
    return result.entrySet().stream()
        .map(field -> field.getKey() + " " + field.getValue())
        .collect(Collectors.joining(", "));
  }
}
