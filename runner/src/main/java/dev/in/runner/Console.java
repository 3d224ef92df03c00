package dev.in.runner;

import dev.in.runner.batch.Progress;
import dev.in.runner.stack.StackListener;
import dev.in.runner.terminal.Terminal;
import java.io.PrintStream;

/** Shows progress to people, on standard error. */
interface Console extends StackListener, Progress {

  /**
   * The console for where standard error goes: a frame that is redrawn in place on a terminal,
   * lines elsewhere.
   *
   * @param verbose shows what the components of the stack print, too
   * @param json whether rows are printed as they come, which would break up a frame
   */
  static Console of(PrintStream errors, boolean verbose, boolean json) {
    Terminal terminal = new Terminal(System.getenv());
    PlainConsole plain = new PlainConsole(errors::println, verbose);
    if (!terminal.canRedraw()) {
      return plain;
    }
    boolean together = terminal.showsOutput();
    return json && together ? plain : new LiveConsole(errors, terminal, verbose, !together);
  }
}
