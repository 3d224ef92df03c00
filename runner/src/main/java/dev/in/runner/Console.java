package dev.in.runner;

import dev.in.runner.batch.Progress;
import dev.in.runner.stack.StackListener;
import dev.in.runner.terminal.Terminal;
import java.io.PrintStream;

/** Tells people how it goes, on standard error. */
interface Console extends StackListener, Progress {

  /**
   * The one that suits where standard error goes: a picture that is drawn again and again on a
   * terminal, and lines elsewhere.
   *
   * @param verbose shows what the parts of the stack print, too
   * @param json whether rows are printed as they come, which would tear a picture apart
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
