package dev.in.metadata.tag;

import com.drew.metadata.exif.ExifDirectoryBase;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Optional;

/**
 * When the image was taken, as EXIF has it: local time, an offset only since version 2.31 and only
 * if the camera writes it. A zone is never guessed, and the time of scanning or of the last change
 * is not the time of taking.
 */
final class CaptureTime {
  private static final DateTimeFormatter EXIF =
      DateTimeFormatter.ofPattern("uuuu:MM:dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);
  private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");

  private CaptureTime() {}

  /** ISO 8601, with a fraction and an offset where the file has them. */
  static Optional<String> of(ExifTags exif) {
    return exif.text(ExifDirectoryBase.TAG_DATETIME_ORIGINAL)
        .flatMap(CaptureTime::parse)
        .map(time -> time.format(ISO) + fraction(exif) + offset(exif));
  }

  private static Optional<LocalDateTime> parse(String text) {
    try {
      return Optional.of(LocalDateTime.parse(text, EXIF));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static String fraction(ExifTags exif) {
    return exif.text(ExifDirectoryBase.TAG_SUBSECOND_TIME_ORIGINAL)
        .filter(digits -> digits.matches("[0-9]{1,9}"))
        .map(digits -> "." + digits)
        .orElse("");
  }

  private static String offset(ExifTags exif) {
    return exif.text(ExifDirectoryBase.TAG_TIME_ZONE_ORIGINAL)
        .flatMap(CaptureTime::parseOffset)
        .orElse("");
  }

  private static Optional<String> parseOffset(String text) {
    try {
      return Optional.of(ZoneOffset.of(text).getId());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
