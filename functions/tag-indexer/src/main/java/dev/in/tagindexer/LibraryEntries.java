package dev.in.tagindexer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.in.core.stage.AiOutput;
import dev.in.core.stage.DownloadOutput;
import dev.in.core.stage.MetadataOutput;
import dev.in.core.task.TaskDocument;
import dev.in.events.FailureCode;
import dev.in.events.Identifiers;
import dev.in.events.ImageInput;
import dev.in.library.LibraryEntry;
import dev.in.library.LibraryEntry.Place;
import dev.in.result.Analysis;
import dev.in.result.ColorShare;
import dev.in.result.Detection;
import dev.in.result.Gps;
import dev.in.result.Label;
import dev.in.result.Metadata;
import dev.in.result.TextFindings;
import java.net.URI;
import java.net.URLDecoder;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What of a task's document its owner may want to find it by. */
final class LibraryEntries {
  private static final Pattern LETTER_OR_DIGIT = Pattern.compile("[\\p{L}\\p{N}]");
  private static final int DAY_LENGTH = "2026-11-26".length();

  private LibraryEntries() {}

  /**
   * @param task a task that has ended
   * @param failure why, if it failed
   */
  static LibraryEntry of(TaskDocument task, Optional<FailureCode> failure) {
    Optional<DownloadOutput> download = task.downloadOutput();
    Optional<MetadataOutput> output = task.metadataOutput();
    Optional<Metadata> metadata = output.map(MetadataOutput::metadata);
    Optional<Analysis> analysis = task.aiOutput().map(AiOutput::analysis);
    return new LibraryEntry(
        task.task().run(),
        failure.isPresent() ? "failed" : "completed",
        task.createdAt().toEpochMilli(),
        failure,
        fileName(task.input()).map(LibraryEntries::shortened),
        download.map(DownloadOutput::contentType),
        download.map(DownloadOutput::sizeBytes),
        output.map(MetadataOutput::width),
        output.map(MetadataOutput::height),
        analysis.flatMap(Analysis::text).flatMap(LibraryEntries::words),
        analysis.map(LibraryEntries::labels).map(LibraryEntries::names).orElse(List.of()),
        metadata.map(Metadata::keywords).map(LibraryEntries::names).orElse(List.of()),
        analysis.flatMap(Analysis::colors).map(LibraryEntries::colors).orElse(List.of()),
        metadata.flatMap(LibraryEntries::camera).map(LibraryEntries::shortened),
        metadata.flatMap(Metadata::lens).map(LibraryEntries::shortened),
        metadata.flatMap(Metadata::gps).flatMap(LibraryEntries::place),
        metadata.flatMap(Metadata::capturedAt).flatMap(LibraryEntries::day));
  }

  /** An upload's name is known at the edge alone. */
  private static Optional<String> fileName(ImageInput input) {
    return switch (input) {
      case ImageInput.Url(String imageUrl) -> lastSegment(imageUrl);
      case ImageInput.Upload _ -> Optional.empty();
    };
  }

  private static Optional<String> lastSegment(String imageUrl) {
    try {
      String path = Optional.ofNullable(URI.create(imageUrl).getRawPath()).orElse("");
      // URLDecoder is for forms, where a plus is a space.
      String name =
          URLDecoder.decode(path.substring(path.lastIndexOf('/') + 1).replace("+", "%2B"), UTF_8);
      return Optional.of(name).filter(Predicate.not(String::isBlank));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // `download` has judged it: the task failed
    }
  }

  private static Optional<String> words(TextFindings text) {
    String words =
        distinct(
                Stream.of(text.full().split("\\s+"))
                    .filter(word -> LETTER_OR_DIGIT.matcher(word).find()))
            .collect(Collectors.joining(" "));
    return Optional.of(words).filter(Predicate.not(String::isEmpty));
  }

  private static List<String> labels(Analysis analysis) {
    Stream<Label> objects =
        analysis.objects().stream()
            .flatMap(List::stream)
            .map((Detection object) -> new Label(object.name(), object.confidence()));
    return distinct(
            Stream.concat(analysis.labels().stream().flatMap(List::stream), objects)
                .sorted(Comparator.comparingDouble(Label::confidence).reversed())
                .map(Label::name))
        .toList();
  }

  private static List<String> colors(List<ColorShare> colors) {
    return colors.stream().map(color -> ColorTerm.of(color.rgb()).word()).distinct().toList();
  }

  /** Many models begin with their maker's name. */
  private static Optional<String> camera(Metadata metadata) {
    Optional<String> make = metadata.cameraMake();
    Optional<String> model = metadata.cameraModel();
    if (make.isEmpty() || model.isEmpty()) {
      return make.or(() -> model);
    }
    String lowerModel = model.get().toLowerCase(Locale.ROOT);
    return lowerModel.startsWith(make.get().toLowerCase(Locale.ROOT))
        ? model
        : Optional.of(make.get() + " " + model.get());
  }

  private static Optional<String> day(String capturedAt) {
    return Optional.of(capturedAt)
        .filter(time -> time.length() >= DAY_LENGTH)
        .map(time -> time.substring(0, DAY_LENGTH))
        .filter(day -> Identifiers.DAY.matcher(day).matches());
  }

  /** What no globe has, cameras write all the same. */
  private static Optional<Place> place(Gps gps) {
    return Optional.of(new Place(gps.latitude(), gps.longitude()))
        .filter(place -> Math.abs(place.latitude()) <= 90 && Math.abs(place.longitude()) <= 180);
  }

  private static List<String> names(List<String> names) {
    return names.stream()
        .filter(Predicate.not(String::isBlank))
        .map(name -> cut(name, LibraryEntry.MAX_NAME_LENGTH))
        .distinct()
        .limit(LibraryEntry.MAX_NAMES)
        .toList();
  }

  private static String shortened(String text) {
    return cut(text, LibraryEntry.MAX_TEXT_LENGTH);
  }

  private static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    return text.substring(0, end);
  }

  /** Each once, however it is capitalised, as it was first. */
  private static Stream<String> distinct(Stream<String> words) {
    Map<String, String> first = new LinkedHashMap<>();
    words.forEach(word -> first.putIfAbsent(word.toLowerCase(Locale.ROOT), word));
    return first.values().stream();
  }
}
