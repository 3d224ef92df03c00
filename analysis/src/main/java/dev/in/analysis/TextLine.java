package dev.in.analysis;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A line of text as a reader sees it.
 *
 * @param text the words, one space between them
 * @param confidence 0 to 1, the mean over the line's characters
 * @param box in pixels of the stored image, around the whole line
 * @param words in reading order
 */
public record TextLine(String text, double confidence, Box box, List<TextWord> words) {
  public TextLine {
    requireNonNull(text, "text is null");
    requireNonNull(box, "box is null");
    words = List.copyOf(words);
  }
}
