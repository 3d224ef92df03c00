package dev.in.core.image;

import static java.util.Objects.requireNonNull;

import dev.in.events.Feature;
import java.util.List;
import java.util.Optional;

/**
 * What an analysis found in a picture. What was not asked for, or is unavailable, is empty; what
 * was looked for and not found is an empty list.
 *
 * @param provider who analysed, as in {@code vision}
 * @param features what was asked for
 * @param colors dominant ones first
 * @param unavailable what was asked for and the provider has no engine for
 * @param skipped why there was no analysis at all, where there was none
 */
public record Analysis(
    String provider,
    List<Feature> features,
    Optional<Text> text,
    Optional<List<Color>> colors,
    Optional<List<Label>> labels,
    Optional<List<Found>> objects,
    Optional<List<Found>> faces,
    Optional<SafeSearch> safeSearch,
    List<Feature> unavailable,
    Optional<String> skipped) {

  public Analysis {
    requireNonNull(provider, "provider is null");
    features = List.copyOf(features);
    requireNonNull(text, "text is null");
    colors = colors.map(List::copyOf);
    labels = labels.map(List::copyOf);
    objects = objects.map(List::copyOf);
    faces = faces.map(List::copyOf);
    requireNonNull(safeSearch, "safeSearch is null");
    unavailable = List.copyOf(unavailable);
    requireNonNull(skipped, "skipped is null");
  }

  /** No analysis, and why. */
  public static Analysis skipped(String provider, List<Feature> features, String why) {
    return new Analysis(
        provider,
        features,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.of(why));
  }

  /**
   * Recognised text.
   *
   * @param full all of it, lines divided by {@code \n}
   */
  public record Text(String full, List<Line> lines) {
    public Text {
      requireNonNull(full, "full is null");
      lines = List.copyOf(lines);
    }
  }

  /**
   * @param confidence 0 to 1
   */
  public record Line(String text, double confidence, Box box) {
    public Line {
      requireNonNull(text, "text is null");
      requireNonNull(box, "box is null");
    }
  }

  /** Pixels of the picture as stored, before orientation; x and y are the upper left corner. */
  public record Box(int x, int y, int width, int height) {}

  /**
   * @param rgb as in {@code #1e90ff}
   * @param score the provider's weight of it, 0 to 1
   * @param pixelFraction its share of the pixels, 0 to 1
   */
  public record Color(String rgb, double score, double pixelFraction) {
    public Color {
      requireNonNull(rgb, "rgb is null");
    }
  }

  /**
   * @param confidence 0 to 1
   */
  public record Label(String name, double confidence) {
    public Label {
      requireNonNull(name, "name is null");
    }
  }

  /**
   * Something with its place; of a face the name is {@code face}.
   *
   * @param confidence 0 to 1
   */
  public record Found(String name, double confidence, Box box) {
    public Found {
      requireNonNull(name, "name is null");
      requireNonNull(box, "box is null");
    }
  }

  /**
   * Likelihoods in Vision's words, {@code VERY_UNLIKELY} to {@code VERY_LIKELY}, or {@code
   * UNKNOWN}.
   */
  public record SafeSearch(
      String adult, String spoof, String medical, String violence, String racy) {
    public SafeSearch {
      requireNonNull(adult, "adult is null");
      requireNonNull(spoof, "spoof is null");
      requireNonNull(medical, "medical is null");
      requireNonNull(violence, "violence is null");
      requireNonNull(racy, "racy is null");
    }
  }
}
