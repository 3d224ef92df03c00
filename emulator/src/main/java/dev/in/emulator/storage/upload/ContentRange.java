package dev.in.emulator.storage.upload;

import dev.in.emulator.storage.object.StorageFailure;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code Content-Range} of a request to a resumable upload: {@code bytes 0-262143/*}, {@code
 * bytes *}{@code /1000}, or {@code bytes 0-*}{@code /*} for everything from there on.
 *
 * @param chunk the bytes of this request; empty for a question about the status
 * @param total the size of the whole, where the caller knows it
 */
public record ContentRange(Optional<Chunk> chunk, OptionalLong total) {
  private static final Pattern FORM = Pattern.compile("bytes (?:(\\d+)-(\\d+|\\*)|\\*)/(\\d+|\\*)");

  /**
   * @param first its position in the whole
   * @param length empty when the request's body is the rest of the whole, however long
   */
  public record Chunk(long first, OptionalLong length) {}

  public static ContentRange parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw StorageFailure.invalid("Failed to parse Content-Range header: %s", text);
    }
    try {
      var range =
          new ContentRange(
              Optional.ofNullable(matcher.group(1))
                  .map(first -> chunk(Long.parseLong(first), number(matcher.group(2)))),
              number(matcher.group(3)));
      range.check(text);
      return range;
    } catch (NumberFormatException e) {
      throw StorageFailure.invalid("Failed to parse Content-Range header: %s", text);
    }
  }

  private static Chunk chunk(long first, OptionalLong last) {
    return new Chunk(
        first,
        last.isPresent() ? OptionalLong.of(last.getAsLong() - first + 1) : OptionalLong.empty());
  }

  private static OptionalLong number(String text) {
    return text.equals("*") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
  }

  private void check(String text) {
    long length = chunk.map(Chunk::length).orElse(OptionalLong.empty()).orElse(1);
    long end = chunk.map(Chunk::first).orElse(0L) + length;
    if (length < 1 || (chunk.isPresent() && end > total.orElse(Long.MAX_VALUE))) {
      throw StorageFailure.invalid("Content-Range makes no sense: %s", text);
    }
  }
}
