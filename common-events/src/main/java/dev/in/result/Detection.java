package dev.in.result;

import static java.util.Objects.requireNonNull;

/**
 * An object or a face and its place; of a face the name is {@code face}.
 *
 * @param confidence 0 to 1
 */
public record Detection(String name, double confidence, Box box) {
  public Detection {
    requireNonNull(name, "name is null");
    Numbers.requireFinite("confidence", confidence);
    requireNonNull(box, "box is null");
  }
}
