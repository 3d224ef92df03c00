package dev.in.analysis;

import static java.util.Objects.requireNonNull;

/**
 * A word within a {@link TextLine}.
 *
 * @param text never blank
 * @param confidence 0 to 1, the mean over the word's characters
 * @param box in pixels of the stored image; its ends along the line are good to about a third of a
 *     character, since the recogniser gives positions in columns of 8 pixels on a 48 pixel line
 */
public record TextWord(String text, double confidence, Box box) {
  public TextWord {
    requireNonNull(text, "text is null");
    requireNonNull(box, "box is null");
  }
}
