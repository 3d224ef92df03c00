package dev.in.result;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Recognised text.
 *
 * @param full all of it, lines separated by {@code \n}
 * @param lines each with its place in the image
 * @param truncated whether lines were left out because there were too many
 */
public record TextFindings(String full, List<TextLine> lines, boolean truncated) {
  public TextFindings {
    requireNonNull(full, "full is null");
    lines = lines == null ? List.of() : List.copyOf(lines);
  }

  /** The text alone, without the places, and saying so. */
  public TextFindings withoutLines() {
    return new TextFindings(full, List.of(), true);
  }
}
