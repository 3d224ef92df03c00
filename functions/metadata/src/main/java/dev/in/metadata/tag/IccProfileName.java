package dev.in.metadata.tag;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The name of an ICC profile (ICC.1:2022, the tag {@code desc}), and nothing else of it: profiles
 * are a table of stretches that may be as many and as long as a file likes.
 */
public final class IccProfileName {
  private static final int HEADER = 128;
  private static final int DESCRIPTION = 0x64657363; // desc
  private static final int TEXT = 0x74657874; // text
  private static final int MULTI_LOCALIZED = 0x6d6c7563; // mluc
  private static final int ENGLISH = 0x656e; // en
  private static final int MAX_TAGS = 1_000;

  private IccProfileName() {}

  public static Optional<String> of(byte[] profile) {
    try {
      ByteBuffer buffer = ByteBuffer.wrap(profile);
      int tags = Math.min(buffer.getInt(HEADER), MAX_TAGS);
      for (int i = 0; i < tags; i++) {
        int entry = HEADER + 4 + 12 * i;
        if (buffer.getInt(entry) == DESCRIPTION) {
          int at = buffer.getInt(entry + 4);
          return text(buffer.slice(at, Math.min(buffer.getInt(entry + 8), profile.length - at)));
        }
      }
      return Optional.empty();
    } catch (IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> text(ByteBuffer tag) {
    return switch (tag.getInt(0)) {
      // Version 2: the ASCII count with its zero, and further forms behind.
      case DESCRIPTION -> latin(tag, 12, tag.getInt(8));
      case TEXT -> latin(tag, 8, tag.limit() - 8);
      case MULTI_LOCALIZED -> localized(tag);
      default -> Optional.empty();
    };
  }

  private static Optional<String> latin(ByteBuffer tag, int at, int length) {
    byte[] octets = new byte[Math.clamp(length, 0, Math.max(0, tag.limit() - at))];
    tag.get(at, octets);
    String text = new String(octets, StandardCharsets.ISO_8859_1);
    int zero = text.indexOf('\0');
    return Texts.clean(zero < 0 ? text : text.substring(0, zero));
  }

  /** Records of language, country, length and place; the first English one, or else the first. */
  private static Optional<String> localized(ByteBuffer tag) {
    int records = Math.min(tag.getInt(8), MAX_TAGS);
    if (records < 1) {
      return Optional.empty();
    }
    int record =
        IntStream.range(0, records)
            .map(i -> 16 + 12 * i)
            .filter(at -> tag.getShort(at) == ENGLISH)
            .findFirst()
            .orElse(16);
    int at = tag.getInt(record + 8);
    byte[] octets = new byte[Math.clamp(tag.getInt(record + 4), 0, Math.max(0, tag.limit() - at))];
    tag.get(at, octets);
    return Texts.clean(new String(octets, StandardCharsets.UTF_16BE));
  }
}
