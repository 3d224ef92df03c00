package dev.in.runner.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.in.formats.header.Orientation;
import dev.in.runner.words.Numbers;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What a picture says of itself (docs/contract.md, {@code result}), in words. */
final class Facts {
  private static final Pattern TIME =
      Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(?::\\d\\d)?)(?:\\.\\d+)?(.*)");
  private static final DateTimeFormatter SHOWN =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm", Locale.UK);

  private Facts() {}

  /** Only what is known. */
  static List<Fact> of(JsonNode result) {
    JsonNode metadata = result.path("metadata");
    List<Fact> facts = new ArrayList<>();
    add(facts, "Kind", kind(result.path("contentType").asText()));
    add(facts, "Size", result.has("sizeBytes") ? Numbers.bytes(size(result)) : "");
    add(facts, "Pixels", pixels(result));
    add(facts, "Taken", capturedAt(metadata.path("capturedAt").asText()));
    add(facts, "Camera", joined(" ", text(metadata, "cameraMake"), text(metadata, "cameraModel")));
    add(facts, "Lens", text(metadata, "lens"));
    add(facts, "Exposure", exposure(metadata.path("exposure")));
    add(facts, "Place", place(metadata.path("gps")));
    add(facts, "Keywords", words(metadata.path("keywords")));
    add(facts, "Colour profile", text(metadata, "colorProfile"));
    add(
        facts,
        "Condition",
        metadata.path("truncated").asBoolean() ? "cut short: its end is missing" : "");
    return facts;
  }

  private static void add(List<Fact> facts, String name, String value) {
    if (!value.isBlank()) {
      facts.add(Fact.of(name, value));
    }
  }

  private static String kind(String contentType) {
    return contentType.replaceFirst("^image/", "").toUpperCase(Locale.ROOT);
  }

  private static long size(JsonNode result) {
    return result.path("sizeBytes").asLong();
  }

  private static String pixels(JsonNode result) {
    if (!result.has("width") || !result.has("height")) {
      return "";
    }
    int width = result.path("width").asInt();
    int height = result.path("height").asInt();
    boolean turned =
        Orientation.ofExif(result.path("metadata").path("orientation").asInt(1)).swapsAxes();
    return turned
        ? "%d × %d, stored on its side".formatted(height, width)
        : "%d × %d".formatted(width, height);
  }

  /** EXIF's time is that of the camera's place: shown as it stands, never moved to the reader's. */
  private static String capturedAt(String iso) {
    Matcher matcher = TIME.matcher(iso);
    if (!matcher.matches()) {
      return iso;
    }
    try {
      String time = LocalDateTime.parse(matcher.group(1)).format(SHOWN);
      String offset = matcher.group(2).replace("Z", "");
      return matcher.group(2).isEmpty() ? time : "%s (UTC%s)".formatted(time, offset);
    } catch (DateTimeParseException e) {
      return iso;
    }
  }

  private static String exposure(JsonNode exposure) {
    return joined(
        " · ",
        exposure.has("timeSeconds") ? shutter(exposure.path("timeSeconds").asDouble()) + " s" : "",
        exposure.has("fNumber") ? "f/" + number(exposure, "fNumber") : "",
        exposure.has("iso") ? "ISO " + exposure.path("iso").asText() : "",
        exposure.has("focalLengthMm") ? number(exposure, "focalLengthMm") + " mm" : "");
  }

  private static String shutter(double seconds) {
    return seconds > 0 && seconds < 0.3
        ? "1/" + Math.round(1 / seconds)
        : Numbers.shortest(seconds);
  }

  private static String number(JsonNode object, String field) {
    return Numbers.shortest(object.path(field).asDouble());
  }

  /** WGS 84 degrees; four digits are about ten metres. */
  private static String place(JsonNode gps) {
    if (!gps.has("latitude") || !gps.has("longitude")) {
      return "";
    }
    double latitude = gps.path("latitude").asDouble();
    double longitude = gps.path("longitude").asDouble();
    String altitude =
        gps.has("altitudeMeters")
            ? ", %d m".formatted(Math.round(gps.path("altitudeMeters").asDouble()))
            : "";
    return String.format(
        Locale.ROOT,
        "%.4f° %s, %.4f° %s%s",
        Math.abs(latitude),
        latitude < 0 ? "S" : "N",
        Math.abs(longitude),
        longitude < 0 ? "W" : "E",
        altitude);
  }

  private static String words(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.joining(", "));
  }

  private static String text(JsonNode object, String field) {
    return object.path(field).asText();
  }

  private static String joined(String by, String... parts) {
    return Stream.of(parts).filter(part -> !part.isBlank()).collect(Collectors.joining(by));
  }
}
