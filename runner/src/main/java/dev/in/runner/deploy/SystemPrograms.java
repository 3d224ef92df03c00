package dev.in.runner.deploy;

import dev.in.runner.process.StackFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Those on the path of this machine. */
public final class SystemPrograms implements Programs {
  @Override
  public Output run(Path folder, List<String> command) throws StackFailure, InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      process.getOutputStream().close();
      String text =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return new Output(process.waitFor(), text);
    } catch (IOException e) {
      throw new StackFailure("%s cannot be run: %s".formatted(command.get(0), e.getMessage()), e);
    }
  }
}
