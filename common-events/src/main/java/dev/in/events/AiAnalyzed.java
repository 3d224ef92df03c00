package dev.in.events;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What the analysis found, in short: of the recognised text only its length.
 *
 * @param provider who analysed, as in {@code vision}
 * @param features what was requested
 * @param textLength of the recognised text, in Unicode code points
 * @param colors dominant ones first, as {@code #rrggbb}
 * @param skipped why there was no analysis at all, where there was none
 */
public record AiAnalyzed(
    String provider,
    List<Feature> features,
    Optional<List<Tag>> labels,
    Optional<List<Tag>> objects,
    Optional<Integer> textLength,
    Optional<List<String>> colors,
    Optional<String> skipped)
    implements Event {
  public AiAnalyzed {
    requireNonNull(provider, "provider is null");
    features = features == null ? List.of() : List.copyOf(features);
    labels = requireNonNull(labels, "labels is null").map(List::copyOf);
    objects = requireNonNull(objects, "objects is null").map(List::copyOf);
    requireNonNull(textLength, "textLength is null");
    colors = requireNonNull(colors, "colors is null").map(List::copyOf);
    requireNonNull(skipped, "skipped is null");
  }

  /**
   * Something seen in the image.
   *
   * @param confidence 0 to 1
   */
  public record Tag(String name, double confidence) {
    public Tag {
      requireNonNull(name, "name is null");
      if (!Double.isFinite(confidence)) { // JSON has no such number
        throw new IllegalArgumentException("confidence is not a finite number");
      }
    }
  }

  @Override
  public EventType type() {
    return EventType.AI_ANALYZED;
  }
}
