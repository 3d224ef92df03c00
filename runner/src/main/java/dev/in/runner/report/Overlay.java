package dev.in.runner.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.in.analysis.Box;
import dev.in.formats.header.Orientation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What was found in a picture, to be laid over it: recognised text, written anew in its place, and
 * a frame around each object and face. For the eye alone: the words stand beside the picture, too.
 *
 * @param viewBox of an SVG picture
 */
record Overlay(String viewBox, List<Line> lines, List<Thing> things) {

  /** Of the height of a line's box. */
  private static final double LETTERS = 0.82;

  private static final double MARGIN = 0.1;

  /** Of the picture's longer side. */
  private static final double NAME_SIZE = 1 / 36.0;

  /**
   * @param result with the picture's size and analysis
   * @param orientation in which the picture is shown
   * @return empty when nothing that has a place was found
   */
  static Optional<Overlay> of(JsonNode result, Orientation orientation) {
    int width = result.path("width").asInt();
    int height = result.path("height").asInt();
    if (width < 1 || height < 1) {
      return Optional.empty();
    }
    Upright upright = new Upright(orientation, width, height);
    JsonNode analysis = result.path("analysis");
    List<Line> lines = new ArrayList<>();
    for (JsonNode line : analysis.path("text").path("lines")) {
      upright
          .place(line.path("box"))
          .ifPresent(box -> lines.add(Line.of(line.path("text").asText(), box)));
    }
    double size = Math.max(width, height) * NAME_SIZE;
    List<Thing> things = new ArrayList<>();
    for (String kind : List.of("objects", "faces")) {
      for (JsonNode thing : analysis.path(kind)) {
        upright
            .place(thing.path("box"))
            .ifPresent(box -> things.add(Thing.of(thing.path("name").asText(), box, size)));
      }
    }
    return lines.isEmpty() && things.isEmpty()
        ? Optional.empty()
        : Optional.of(new Overlay(upright.viewBox(), lines, things));
  }

  /**
   * A line of text.
   *
   * @param transform to where it begins, and upended where it runs downwards
   * @param length all that the letters may take
   */
  record Line(
      String text, Box box, String transform, String x, String y, String size, String length) {

    private static Line of(String text, Box box) {
      boolean upended = box.height() > box.width() * 1.5 && text.length() > 2;
      double length = upended ? box.height() : box.width();
      double height = upended ? box.width() : box.height();
      String origin =
          "translate(%d %d)".formatted(upended ? box.x() + box.width() : box.x(), box.y());
      return new Line(
          text,
          box,
          upended ? origin + " rotate(90)" : origin,
          number(height * MARGIN),
          number(height / 2),
          number(height * LETTERS),
          number(Math.max(length - height * 2 * MARGIN, 1)));
    }
  }

  /** An object or a face. */
  record Thing(String name, Box box, String x, String y, String size) {

    private static Thing of(String name, Box box, double size) {
      return new Thing(
          name, box, number(box.x() + size / 3), number(box.y() + size * 1.1), number(size));
    }
  }

  /** From places in the stored picture to those in the upright one. */
  private record Upright(Orientation orientation, int width, int height) {

    String viewBox() {
      return orientation.swapsAxes()
          ? "0 0 %d %d".formatted(height, width)
          : "0 0 %d %d".formatted(width, height);
    }

    /** Empty for what is no box. */
    Optional<Box> place(JsonNode json) {
      try {
        Box stored =
            new Box(
                json.path("x").asInt(),
                json.path("y").asInt(),
                json.path("width").asInt(),
                json.path("height").asInt());
        return Optional.of(stored.toUpright(orientation, width, height));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
