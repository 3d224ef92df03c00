package dev.in.runner.deploy;

import dev.in.runner.process.StackFailure;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Those on the path of this machine. */
public final class SystemPrograms implements Programs {
  @Override
  public Output run(Path folder, List<String> command) throws StackFailure, InterruptedException {
    try {
      Process process = start(folder, command, Redirect.PIPE);
      String text =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return new Output(process.waitFor(), text);
    } catch (IOException e) {
      throw absent(command, e);
    }
  }

  @Override
  public int show(Path folder, List<String> command) throws StackFailure, InterruptedException {
    try {
      return start(folder, command, Redirect.INHERIT).waitFor();
    } catch (IOException e) {
      throw absent(command, e);
    }
  }

  private static Process start(Path folder, List<String> command, Redirect output)
      throws IOException {
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(Redirect.INHERIT)
            .redirectOutput(output)
            .start();
    process.getOutputStream().close();
    return process;
  }

  private static StackFailure absent(List<String> command, IOException cause) {
    return new StackFailure(
        "%s cannot be run: %s".formatted(command.getFirst(), cause.getMessage()), cause);
  }
}
