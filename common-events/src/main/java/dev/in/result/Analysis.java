package dev.in.result;

import static java.util.Objects.requireNonNull;

import dev.in.events.Feature;
import java.util.List;
import java.util.Optional;

/**
 * What an analysis found in an image. A feature that was not requested, or is unavailable, is
 * absent; one that was looked for and not found is an empty list.
 *
 * @param provider who analysed, as in {@code vision}
 * @param features what was requested
 * @param colors dominant ones first
 * @param unavailable what was requested and the provider cannot give
 * @param skipped why there was no analysis at all, where there was none
 * @param truncated whether findings were left out because the result would have been too long
 */
public record Analysis(
    String provider,
    List<Feature> features,
    Optional<TextFindings> text,
    Optional<List<ColorShare>> colors,
    Optional<List<Label>> labels,
    Optional<List<Detection>> objects,
    Optional<List<Detection>> faces,
    Optional<SafeSearch> safeSearch,
    List<Feature> unavailable,
    Optional<String> skipped,
    boolean truncated) {

  public Analysis {
    requireNonNull(provider, "provider is null");
    features = features == null ? List.of() : List.copyOf(features);
    requireNonNull(text, "text is null");
    colors = colors.map(List::copyOf);
    labels = labels.map(List::copyOf);
    objects = objects.map(List::copyOf);
    faces = faces.map(List::copyOf);
    requireNonNull(safeSearch, "safeSearch is null");
    unavailable = unavailable == null ? List.of() : List.copyOf(unavailable);
    requireNonNull(skipped, "skipped is null");
  }

  /** No analysis, and why. */
  public static Analysis skipped(String provider, List<Feature> features, String reason) {
    return withoutFindings(provider, features, List.of(), Optional.of(reason), false);
  }

  /** The same with another text. */
  public Analysis with(TextFindings other) {
    return new Analysis(
        provider,
        features,
        Optional.of(other),
        colors,
        labels,
        objects,
        faces,
        safeSearch,
        unavailable,
        skipped,
        truncated);
  }

  /** The same without its findings, and saying so. */
  public Analysis withoutFindings() {
    return withoutFindings(provider, features, unavailable, skipped, true);
  }

  private static Analysis withoutFindings(
      String provider,
      List<Feature> features,
      List<Feature> unavailable,
      Optional<String> skipped,
      boolean truncated) {
    return new Analysis(
        provider,
        features,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        unavailable,
        skipped,
        truncated);
  }
}
