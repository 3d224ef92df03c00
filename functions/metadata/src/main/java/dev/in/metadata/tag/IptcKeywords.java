package dev.in.metadata.tag;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The keywords among IPTC-IIM's datasets (IIM 4.2, dataset 2:25). Few writers name their character
 * set, so what is UTF-8 is read as such, and the rest as Latin-1.
 */
final class IptcKeywords {
  private static final int MARKER = 0x1c;
  private static final int KEYWORD = 0x0219;

  private IptcKeywords() {}

  static List<String> of(byte[] datasets, int most) {
    List<String> keywords = new ArrayList<>();
    ByteBuffer buffer = ByteBuffer.wrap(datasets);
    while (buffer.remaining() >= 5 && buffer.get() == MARKER && keywords.size() < most) {
      int dataset = buffer.getShort();
      int length = buffer.getShort() & 0xffff;
      // The highest bit announces a longer length, which no keyword has.
      if (length > buffer.remaining()) {
        break;
      }
      byte[] value = new byte[length];
      buffer.get(value);
      if (dataset == KEYWORD) {
        keywords.add(text(value));
      }
    }
    return keywords;
  }

  private static String text(byte[] value) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
    } catch (CharacterCodingException e) {
      return new String(value, StandardCharsets.ISO_8859_1);
    }
  }
}
