package dev.in.runner.terminal;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.util.List;

/**
 * Lines at the bottom of a terminal that are drawn again and again in the same place (ECMA-48's
 * CUU, EL and ED). Each frame is one write, and no line is cleared before it is written: nothing
 * flickers.
 */
public final class Painter {
  private static final String UP = "\u001b[%dA";
  private static final String ERASE_REST_OF_LINE = "\u001b[K";
  private static final String ERASE_BELOW = "\u001b[J";

  private final PrintStream out;
  private int drawn;

  public Painter(PrintStream out) {
    this.out = requireNonNull(out, "out is null");
  }

  /**
   * Draws lines in place of the last ones.
   *
   * @param lines none wider than the terminal, and fewer than it has rows
   */
  public void draw(List<String> lines) {
    StringBuilder frame = new StringBuilder(toTop());
    lines.forEach(line -> frame.append(line).append(ERASE_REST_OF_LINE).append('\n'));
    if (lines.size() < drawn) {
      frame.append(ERASE_BELOW);
    }
    write(frame);
    drawn = lines.size();
  }

  /** Writes a line above all that is drawn, where it stays. */
  public void above(String line, List<String> lines) {
    StringBuilder frame = new StringBuilder(toTop()).append(ERASE_BELOW).append(line).append('\n');
    lines.forEach(each -> frame.append(each).append('\n'));
    write(frame);
    drawn = lines.size();
  }

  /** Takes away what is drawn. */
  public void erase() {
    write(new StringBuilder(toTop()).append(ERASE_BELOW));
    drawn = 0;
  }

  private String toTop() {
    return drawn == 0 ? "" : UP.formatted(drawn) + "\r";
  }

  private void write(StringBuilder text) {
    out.print(text);
    out.flush();
  }
}
