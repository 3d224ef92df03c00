package dev.in.result;

import static java.util.Objects.requireNonNull;

/**
 * Something that describes the whole image.
 *
 * @param confidence 0 to 1
 */
public record Label(String name, double confidence) {
  public Label {
    requireNonNull(name, "name is null");
    Numbers.requireFinite("confidence", confidence);
  }
}
