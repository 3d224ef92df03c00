package dev.in.metadata;

import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Optional;

/**
 * When the picture was taken, as EXIF has it: local time, an offset only since version 2.31 and
 * only if the camera writes it. A zone is never guessed.
 */
final class CaptureTime {
  private static final DateTimeFormatter EXIF =
      DateTimeFormatter.ofPattern("uuuu:MM:dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);

  private CaptureTime() {}

  /** ISO 8601, with a fraction and an offset where the file has them. */
  static Optional<String> of(Metadata metadata) {
    return time(
            metadata,
            ExifDirectoryBase.TAG_DATETIME_ORIGINAL,
            ExifDirectoryBase.TAG_SUBSECOND_TIME_ORIGINAL,
            ExifDirectoryBase.TAG_TIME_ZONE_ORIGINAL)
        .or(
            () ->
                time(
                    metadata,
                    ExifDirectoryBase.TAG_DATETIME_DIGITIZED,
                    ExifDirectoryBase.TAG_SUBSECOND_TIME_DIGITIZED,
                    ExifDirectoryBase.TAG_TIME_ZONE_DIGITIZED));
  }

  private static Optional<String> time(Metadata metadata, int time, int fraction, int offset) {
    return text(metadata, time)
        .flatMap(CaptureTime::parse)
        .map(
            local ->
                local.format(DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss"))
                    + text(metadata, fraction)
                        .filter(digits -> digits.matches("[0-9]{1,9}"))
                        .map(digits -> "." + digits)
                        .orElse("")
                    + text(metadata, offset).flatMap(CaptureTime::parseOffset).orElse(""));
  }

  private static Optional<LocalDateTime> parse(String text) {
    try {
      return Optional.of(LocalDateTime.parse(text, EXIF));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> parseOffset(String text) {
    try {
      return Optional.of(ZoneOffset.of(text).getId());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(Metadata metadata, int tag) {
    return TagMapping.text(metadata, ExifSubIFDDirectory.class, tag);
  }
}
