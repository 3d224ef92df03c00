package dev.in.runner;

import dev.in.events.Feature;
import dev.in.events.Priority;
import dev.in.runner.edge.SubmissionOptions;
import dev.in.runner.stack.Installation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What {@code run} and {@code submit} have in common. */
final class InputOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Parameters(
      arity = "1..*",
      paramLabel = "INPUT",
      description = "An image, a folder of images, or an image's http(s) address.")
  private List<String> inputs;

  @Option(names = "--json", description = "Print one JSON object a line instead of a table.")
  private boolean json;

  @Option(
      names = "--priority",
      paramLabel = "PRIORITY",
      defaultValue = "normal",
      description = "high, normal or low (default: normal).")
  private Priority priority;

  @Option(
      names = "--features",
      split = ",",
      paramLabel = "FEATURE",
      description =
          "What to look for, of text, colors, labels, objects, faces, safeSearch"
              + " (default: text,colors).")
  private List<String> features = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where results are written (default: target/in-report).")
  private Path out;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "300",
      description = "For the whole command (default: 300).")
  private int timeoutSeconds;

  @Option(names = "--verbose", description = "Show the output of every component.")
  private boolean verbose;

  /** Refuses what picocli cannot see is wrong. */
  void check() {
    List<String> known = Feature.KNOWN.stream().map(Feature::name).toList();
    for (String feature : features) {
      if (!known.contains(feature)) {
        throw new ParameterException(
            command.commandLine(),
            "There is no feature '%s'; there are %s."
                .formatted(feature, known.stream().collect(Collectors.joining(", "))));
      }
    }
    if (timeoutSeconds < 1) {
      throw new ParameterException(command.commandLine(), "--timeout must be at least 1.");
    }
  }

  CommandLine commandLine() {
    return command.commandLine();
  }

  List<String> inputs() {
    return inputs;
  }

  boolean json() {
    return json;
  }

  SubmissionOptions submissionOptions() {
    return new SubmissionOptions(priority, features.stream().map(Feature::new).toList());
  }

  Path out() {
    return out == null ? Installation.find().root().resolve("target/in-report") : out;
  }

  Duration timeout() {
    return Duration.ofSeconds(timeoutSeconds);
  }

  boolean verbose() {
    return verbose;
  }
}
