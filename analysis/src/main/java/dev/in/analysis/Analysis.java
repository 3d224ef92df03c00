package dev.in.analysis;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the engines found.
 *
 * @param width of the stored image in pixels, before its orientation is applied
 * @param height of the stored image in pixels
 * @param truncated whether the pixels end early: the rest describes the part that is there
 * @param text present if it was asked for
 * @param colors present if they were asked for; at most ten, the highest score first
 * @param unavailable what was asked for and has no engine here
 */
public record Analysis(
    int width,
    int height,
    boolean truncated,
    Optional<TextContent> text,
    Optional<List<ColorShare>> colors,
    Set<Feature> unavailable) {
  public Analysis {
    requireNonNull(text, "text is null");
    colors = colors.map(List::copyOf);
    unavailable = Set.copyOf(unavailable);
  }
}
