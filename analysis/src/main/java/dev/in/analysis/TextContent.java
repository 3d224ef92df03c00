package dev.in.analysis;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The text of an image.
 *
 * @param lines in reading order: top to bottom, and left to right where they stand side by side
 */
public record TextContent(List<TextLine> lines) {
  public TextContent {
    lines = List.copyOf(lines);
  }

  /** Returns all lines, each on its own; empty where there is no text. */
  public String full() {
    return lines.stream().map(TextLine::text).collect(Collectors.joining("\n"));
  }
}
