package dev.in.runner.deploy;

import dev.in.runner.process.StackFailure;
import java.nio.file.Path;
import java.util.List;

/** Programs whose failure ends a deployment. */
final class Required {
  private Required() {}

  static String run(Programs programs, Path folder, List<String> command)
      throws StackFailure, InterruptedException {
    Programs.Output output = programs.run(folder, command);
    if (!output.succeeded()) {
      throw new StackFailure(
          "this failed: %s\nOnce it is mended, the same command goes on from here."
              .formatted(String.join(" ", command)),
          output.text().lines().toList());
    }
    return output.text();
  }
}
