package dev.in.result;

import static java.util.Objects.requireNonNull;

/**
 * A line of text.
 *
 * @param confidence 0 to 1
 */
public record TextLine(String text, double confidence, Box box) {
  public TextLine {
    requireNonNull(text, "text is null");
    Numbers.requireFinite("confidence", confidence);
    requireNonNull(box, "box is null");
  }
}
