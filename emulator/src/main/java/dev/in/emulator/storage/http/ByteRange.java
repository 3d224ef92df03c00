package dev.in.emulator.storage.http;

import dev.in.emulator.storage.object.StorageFailure;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a content that is sent.
 *
 * @param first position of the first byte
 * @param length in bytes
 * @param partial whether the caller asked for a part, even if that is all
 */
public record ByteRange(long first, long length, boolean partial) {
  private static final Pattern FORM = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /**
   * Reads a {@code Range} header by RFC 9110, section 14.2: one that is malformed, or names several
   * ranges, counts for nothing.
   *
   * @param size of the whole
   */
  public static ByteRange of(Optional<String> header, long size) {
    Matcher matcher = FORM.matcher(header.orElse(""));
    if (!matcher.matches() || matcher.group(1).isEmpty() && matcher.group(2).isEmpty()) {
      return new ByteRange(0, size, false);
    }
    if (matcher.group(1).isEmpty()) {
      long length = Math.min(size, Long.parseLong(matcher.group(2)));
      return within(size - length, size - 1, size);
    }
    long first = Long.parseLong(matcher.group(1));
    long last = matcher.group(2).isEmpty() ? size - 1 : Long.parseLong(matcher.group(2));
    if (!matcher.group(2).isEmpty() && last < first) {
      return new ByteRange(0, size, false);
    }
    return within(first, Math.min(last, size - 1), size);
  }

  private static ByteRange within(long first, long last, long size) {
    if (first >= size) {
      throw new StorageFailure(
          StorageFailure.Kind.BAD_RANGE, "The requested range cannot be satisfied.");
    }
    return new ByteRange(first, last - first + 1, true);
  }

  String contentRange(long size) {
    return "bytes " + first + "-" + (first + length - 1) + "/" + size;
  }
}
