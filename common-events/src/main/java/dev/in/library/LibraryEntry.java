package dev.in.library;

import static java.util.Objects.requireNonNull;

import dev.in.events.FailureCode;
import dev.in.events.Identifiers;
import java.util.List;
import java.util.Optional;

/**
 * All that an owner's library holds of one task that has ended, built by {@code tag-indexer} from
 * the task's document. It replaces what the library has of the task, unless that has a greater
 * version; of a failed task it holds what the completed stages found.
 *
 * @param version the task's run: greater with each redrive
 * @param status {@code completed} or {@code failed}
 * @param createdAt of the task, Unix time in milliseconds
 * @param failureCode of a failed task
 * @param fileName as the user's file, or the last segment of the image's URL, is named
 * @param contentType detected from the bytes, as in {@code image/jpeg}
 * @param sizeBytes of the file
 * @param width of the primary image as stored, before orientation, in pixels
 * @param height of the primary image as stored, before orientation, in pixels
 * @param text the recognised words, each once, in reading order, separated by single spaces
 * @param labels names of what was recognised: labels and objects, each once, surest first
 * @param keywords that the file itself has
 * @param colors basic English colour terms of the dominant colours, each once, dominant first
 * @param camera make and model
 * @param lens the lens model
 * @param place where the image was taken
 * @param day when the image was taken, local to the camera, as in {@code 2026-11-26}
 */
public record LibraryEntry(
    int version,
    String status,
    long createdAt,
    Optional<FailureCode> failureCode,
    Optional<String> fileName,
    Optional<String> contentType,
    Optional<Long> sizeBytes,
    Optional<Integer> width,
    Optional<Integer> height,
    Optional<String> text,
    List<String> labels,
    List<String> keywords,
    List<String> colors,
    Optional<String> camera,
    Optional<String> lens,
    Optional<Place> place,
    Optional<String> day) {

  /** UTF-16 units of a file name, camera or lens that the edge takes. */
  public static final int MAX_TEXT_LENGTH = 256;

  /** UTF-16 units of a label, keyword or colour. */
  public static final int MAX_NAME_LENGTH = 128;

  /** Of labels, keywords and colours each. */
  public static final int MAX_NAMES = 200;

  /**
   * WGS 84.
   *
   * @param latitude degrees, north positive
   * @param longitude degrees, east positive
   */
  public record Place(double latitude, double longitude) {}

  public LibraryEntry {
    if (version < 1) {
      throw new IllegalArgumentException("version must be 1 or more");
    }
    requireNonNull(status, "status is null");
    requireNonNull(failureCode, "failureCode is null");
    requireNonNull(fileName, "fileName is null");
    requireNonNull(contentType, "contentType is null");
    requireNonNull(sizeBytes, "sizeBytes is null");
    requireNonNull(width, "width is null");
    requireNonNull(height, "height is null");
    requireNonNull(text, "text is null");
    labels = labels == null ? List.of() : List.copyOf(labels);
    keywords = keywords == null ? List.of() : List.copyOf(keywords);
    colors = colors == null ? List.of() : List.copyOf(colors);
    requireNonNull(camera, "camera is null");
    requireNonNull(lens, "lens is null");
    requireNonNull(place, "place is null");
    day.ifPresent(Identifiers::requireDay);
  }
}
