package dev.in.emulator.storage.upload;

import dev.in.emulator.storage.object.StorageFailure;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code Content-Range} of a request to a resumable upload: {@code bytes 0-262143/*}, {@code
 * bytes *}{@code /1000}.
 *
 * @param chunk the bytes of this request; empty for a question about the status
 * @param total the size of the whole, where the caller knows it
 */
public record ContentRange(Optional<Chunk> chunk, OptionalLong total) {
  private static final Pattern FORM = Pattern.compile("bytes (?:(\\d+)-(\\d+)|\\*)/(\\d+|\\*)");

  /** Positions in the whole, both inclusive. */
  public record Chunk(long first, long last) {
    long length() {
      return last - first + 1;
    }
  }

  public static ContentRange parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw StorageFailure.invalid("Failed to parse Content-Range header: %s", text);
    }
    try {
      var range =
          new ContentRange(
              Optional.ofNullable(matcher.group(1))
                  .map(first -> new Chunk(Long.parseLong(first), Long.parseLong(matcher.group(2)))),
              matcher.group(3).equals("*")
                  ? OptionalLong.empty()
                  : OptionalLong.of(Long.parseLong(matcher.group(3))));
      range.check(text);
      return range;
    } catch (NumberFormatException e) {
      throw StorageFailure.invalid("Failed to parse Content-Range header: %s", text);
    }
  }

  private void check(String text) {
    if (chunk.isPresent()
        && (chunk.get().length() < 1 || total.orElse(Long.MAX_VALUE) <= chunk.get().last())) {
      throw StorageFailure.invalid("Content-Range makes no sense: %s", text);
    }
  }
}
