package dev.in.runner.deploy;

import dev.in.runner.process.StackFailure;
import java.nio.file.Path;
import java.util.List;

/** Programs whose failure ends a deployment. */
final class Required {
  private Required() {}

  static void run(Programs programs, Path folder, List<String> command)
      throws StackFailure, InterruptedException {
    if (programs.show(folder, command) != 0) {
      throw new StackFailure(
          "this failed: %s%nOnce it is mended, the same command goes on from here."
              .formatted(String.join(" ", command)));
    }
  }
}
