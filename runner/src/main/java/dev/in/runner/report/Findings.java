package dev.in.runner.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.in.runner.words.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What was found in a picture, in words. A part that was not looked for is absent or empty.
 *
 * @param skipped why the analysis was left out
 * @param named labels, objects, faces
 * @param safeSearch in Vision's words
 * @param unavailable what was wished for and is not there, with commas
 */
record Findings(
    Optional<String> skipped,
    Optional<Text> text,
    Optional<Colors> colors,
    List<Named> named,
    List<Fact> safeSearch,
    Optional<String> unavailable) {

  private static final Pattern RGB = Pattern.compile("#[0-9a-fA-F]{6}");

  /** A text with more lines gets a window of its own, which scrolls. */
  private static final int MANY_LINES = 12;

  /**
   * @param analysis of a result (docs/contract.md)
   */
  static Findings of(JsonNode analysis) {
    List<Fact> safeSearch = new ArrayList<>();
    analysis
        .path("safeSearch")
        .properties()
        .forEach(entry -> safeSearch.add(Fact.of(entry.getKey(), likelihood(entry.getValue()))));
    return new Findings(
        part(analysis, "skipped").map(JsonNode::asText),
        part(analysis, "text").map(text -> new Text(text.path("full").asText().strip())),
        part(analysis, "colors").map(Colors::of),
        named(analysis),
        safeSearch,
        part(analysis, "unavailable").map(Findings::joined).filter(names -> !names.isEmpty()));
  }

  boolean hasSafeSearch() {
    return !safeSearch.isEmpty();
  }

  private static List<Named> named(JsonNode analysis) {
    List<Named> named = new ArrayList<>();
    for (String kind : List.of("labels", "objects", "faces")) {
      part(analysis, kind).ifPresent(found -> named.add(Named.of(kind, found)));
    }
    return named;
  }

  private static Optional<JsonNode> part(JsonNode analysis, String name) {
    return Optional.ofNullable(analysis.get(name)).filter(value -> !value.isNull());
  }

  private static String joined(JsonNode names) {
    return StreamSupport.stream(names.spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.joining(", "));
  }

  private static String likelihood(JsonNode value) {
    return value.asText().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Recognised text. */
  record Text(String full) {
    boolean none() {
      return full.isEmpty();
    }

    boolean isLong() {
      return full.lines().count() > MANY_LINES;
    }
  }

  /** The colours that cover most. */
  record Colors(List<Swatch> swatches) {
    private static Colors of(JsonNode colors) {
      List<Swatch> swatches = new ArrayList<>();
      for (JsonNode color : colors) {
        String rgb = color.path("rgb").asText();
        if (RGB.matcher(rgb).matches()) {
          swatches.add(new Swatch(rgb, Numbers.percent(color.path("pixelFraction").asDouble())));
        }
      }
      return new Colors(swatches);
    }

    boolean none() {
      return swatches.isEmpty();
    }
  }

  /**
   * A colour.
   *
   * @param rgb {@code #1e90ff}
   * @param share of the picture
   */
  record Swatch(String rgb, String share) {}

  /** Things with names. */
  record Named(String title, String kind, List<String> items) {
    private static Named of(String kind, JsonNode found) {
      List<String> items = new ArrayList<>();
      for (JsonNode one : found) {
        items.add(
            "%s, %s"
                .formatted(
                    one.path("name").asText(), Numbers.percent(one.path("confidence").asDouble())));
      }
      return new Named(
          kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1), kind, items);
    }

    boolean none() {
      return items.isEmpty();
    }
  }
}
