package dev.in.runner.deploy;

import dev.in.runner.process.StackFailure;
import java.nio.file.Path;
import java.util.List;

/** Programs of this machine that reach beyond it: gcloud, terraform, docker. */
public interface Programs {
  /**
   * Runs one to its end. People see what it prints on standard error.
   *
   * @param folder where it runs
   * @throws StackFailure if it is not here
   */
  Output run(Path folder, List<String> command) throws StackFailure, InterruptedException;

  /**
   * The same for what takes long or is for people: they see its standard output, too.
   *
   * @return its exit status
   */
  int show(Path folder, List<String> command) throws StackFailure, InterruptedException;

  /**
   * @param text what it printed on standard output
   */
  record Output(int status, String text) {
    boolean succeeded() {
      return status == 0;
    }
  }
}
