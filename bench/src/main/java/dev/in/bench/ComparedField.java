package dev.in.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.in.bench.MetadataReader.Reading;
import dev.in.result.Description;
import dev.in.result.Direction;
import dev.in.result.Exposure;
import dev.in.result.Gps;
import dev.in.result.Metadata;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A field of a result, and the tags in which exiftool has it.
 *
 * @param name as in the result
 * @param tags as exiftool is asked for them, the first that has a value counts
 * @param ours empty where the result has none
 * @param theirs the value of those tags, in the result's form
 */
record ComparedField(
    String name,
    List<String> tags,
    Function<Reading, Optional<String>> ours,
    BiFunction<JsonNode, List<String>, Optional<String>> theirs) {

  /** As many significant digits as two programs that compute in doubles agree in. */
  private static final String DIGITS = "%.6g";

  static final List<ComparedField> ALL =
      List.of(
          number("width", reading -> Optional.of((double) reading.width()), "ImageWidth"),
          number("height", reading -> Optional.of((double) reading.height()), "ImageHeight"),
          new ComparedField(
              "orientation",
              List.of("Orientation"),
              reading -> Optional.of(number(reading.metadata().orientation())),
              // Upright where the file does not say.
              (json, tags) -> Optional.of(firstNumber(json, tags).orElse(number(1)))),
          text("cameraMake", Metadata::cameraMake, "Make"),
          text("cameraModel", Metadata::cameraModel, "Model"),
          text("lens", Metadata::lens, "LensModel"),
          new ComparedField(
              "capturedAt",
              List.of("DateTimeOriginal", "SubSecTimeOriginal", "OffsetTimeOriginal"),
              reading -> reading.metadata().capturedAt(),
              (json, tags) -> capturedAt(json)),
          number("exposure.timeSeconds", exposure(Exposure::timeSeconds), "ExposureTime"),
          number("exposure.fNumber", exposure(Exposure::fNumber), "FNumber"),
          number(
              "exposure.iso",
              exposure(exposure -> exposure.iso().map(Integer::doubleValue)),
              "ISO"),
          number("exposure.focalLengthMm", exposure(Exposure::focalLengthMm), "FocalLength"),
          number("gps.latitude", gps(gps -> Optional.of(gps.latitude())), "GPSLatitude"),
          number("gps.longitude", gps(gps -> Optional.of(gps.longitude())), "GPSLongitude"),
          number("gps.altitudeMeters", gps(Gps::altitudeMeters), "GPSAltitude"),
          number(
              "gps.direction.degrees",
              gps(gps -> gps.direction().map(Direction::degrees)),
              "GPSImgDirection"),
          text("colorProfile", Metadata::colorProfile, "ICC_Profile:ProfileDescription"),
          new ComparedField(
              "keywords",
              List.of("IPTC:Keywords", "XMP-dc:Subject", "XPKeywords"),
              reading -> joined(reading.metadata().keywords().stream()),
              (json, tags) ->
                  joined(
                      tags.stream()
                          .flatMap(tag -> values(json, tag).stream())
                          .flatMap(value -> Arrays.stream(value.split(";"))))),
          text(
              "description.title",
              description(Description::title),
              "XMP-dc:Title",
              "IPTC:ObjectName",
              "XPTitle"),
          text(
              "description.caption",
              description(Description::caption),
              "XMP-dc:Description",
              "IPTC:Caption-Abstract",
              "ImageDescription"),
          new ComparedField(
              "description.creators",
              List.of("XMP-dc:Creator", "IPTC:By-line", "Artist"),
              reading ->
                  joined(
                      reading.metadata().description().stream()
                          .flatMap(description -> description.creators().stream())),
              (json, tags) ->
                  tags.stream()
                      .map(tag -> values(json, tag).stream())
                      .map(names -> joined(names.flatMap(name -> Arrays.stream(name.split(";")))))
                      .flatMap(Optional::stream)
                      .findFirst()),
          text(
              "description.copyright",
              description(Description::copyright),
              "XMP-dc:Rights",
              "IPTC:CopyrightNotice",
              "EXIF:Copyright"),
          number(
              "description.rating",
              reading ->
                  reading
                      .metadata()
                      .description()
                      .flatMap(Description::rating)
                      .map(Integer::doubleValue),
              "XMP-xmp:Rating",
              "IFD0:Rating"));

  private static ComparedField number(
      String name, Function<Reading, Optional<Double>> ours, String... tags) {
    return new ComparedField(
        name,
        List.of(tags),
        reading -> ours.apply(reading).map(ComparedField::number),
        ComparedField::firstNumber);
  }

  private static ComparedField text(
      String name, Function<Metadata, Optional<String>> ours, String... tags) {
    return new ComparedField(
        name,
        List.of(tags),
        reading -> ours.apply(reading.metadata()).flatMap(ComparedField::plain),
        (json, all) ->
            all.stream()
                .flatMap(tag -> values(json, tag).stream())
                .flatMap(value -> plain(value).stream())
                .findFirst());
  }

  private static Function<Reading, Optional<Double>> exposure(
      Function<Exposure, Optional<Double>> field) {
    return reading -> reading.metadata().exposure().flatMap(field);
  }

  private static Function<Reading, Optional<Double>> gps(Function<Gps, Optional<Double>> field) {
    return reading -> reading.metadata().gps().flatMap(field);
  }

  private static Function<Metadata, Optional<String>> description(
      Function<Description, Optional<String>> field) {
    return metadata -> metadata.description().flatMap(field);
  }

  private static String number(double value) {
    return DIGITS.formatted(value);
  }

  private static Optional<String> firstNumber(JsonNode json, List<String> tags) {
    return tags.stream()
        .flatMap(tag -> values(json, tag).stream())
        .filter(value -> value.matches("-?[0-9.]+(e[-+]?[0-9]+)?"))
        .map(value -> number(Double.parseDouble(value)))
        .findFirst();
  }

  private static Optional<String> capturedAt(JsonNode json) {
    return first(json, "DateTimeOriginal")
        .filter(time -> time.matches("[0-9]{4}(:[0-9]{2}){2} [0-9]{2}(:[0-9]{2}){2}"))
        .map(time -> time.substring(0, 10).replace(':', '-') + "T" + time.substring(11))
        .map(
            time ->
                time
                    + first(json, "SubSecTimeOriginal").map(digits -> "." + digits).orElse("")
                    + first(json, "OffsetTimeOriginal")
                        .map(offset -> offset.equals("+00:00") ? "Z" : offset)
                        .orElse(""));
  }

  private static Optional<String> first(JsonNode json, String tag) {
    return values(json, tag).stream().flatMap(value -> plain(value).stream()).findFirst();
  }

  /** A list has its values one by one; exiftool answers without the tag's group. */
  private static List<String> values(JsonNode json, String tag) {
    JsonNode value = json.path(tag.substring(tag.indexOf(':') + 1));
    List<String> all = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(one -> all.add(one.asText()));
    } else if (!value.isMissingNode()) {
      all.add(value.asText());
    }
    return all;
  }

  /** Without the blanks that a result leaves out. */
  private static Optional<String> plain(String text) {
    return Optional.of(text.replaceAll("\\p{Cntrl}|\\s", " ").replaceAll(" {2,}", " ").strip())
        .filter(plain -> !plain.isEmpty());
  }

  private static Optional<String> joined(Stream<String> values) {
    return Optional.of(
            String.join(
                "; ", new TreeSet<>(values.flatMap(value -> plain(value).stream()).toList())))
        .filter(text -> !text.isEmpty());
  }
}
