package dev.in.metadata.tag;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Some of IPTC-IIM's datasets (IIM 4.2, record 2). Few writers name their character set, so what is
 * UTF-8 is read as such, and the rest as Latin-1.
 */
final class IptcDatasets {
  static final int OBJECT_NAME = 0x0205;
  static final int KEYWORD = 0x0219;
  static final int BY_LINE = 0x0250;
  static final int COPYRIGHT_NOTICE = 0x0274;
  static final int CAPTION = 0x0278;

  static final IptcDatasets NONE = new IptcDatasets();

  private static final Set<Integer> READ =
      Set.of(OBJECT_NAME, KEYWORD, BY_LINE, COPYRIGHT_NOTICE, CAPTION);
  private static final int MARKER = 0x1c;
  private static final int MAX_VALUES = 100;

  private final Map<Integer, List<String>> values = new HashMap<>();

  private IptcDatasets() {}

  /** Those before the block makes no sense, if it does not. */
  static IptcDatasets of(byte[] block) {
    IptcDatasets datasets = new IptcDatasets();
    ByteBuffer buffer = ByteBuffer.wrap(block);
    while (buffer.remaining() >= 5 && buffer.get() == MARKER) {
      int dataset = buffer.getShort();
      int length = buffer.getShort() & 0xffff;
      // The highest bit announces a longer length, which no text has.
      if (length > buffer.remaining()) {
        break;
      }
      byte[] value = new byte[length];
      buffer.get(value);
      if (READ.contains(dataset)) {
        datasets.add(dataset, text(value));
      }
    }
    return datasets;
  }

  List<String> all(int dataset) {
    return values.getOrDefault(dataset, List.of());
  }

  Optional<String> first(int dataset) {
    return all(dataset).stream().findFirst();
  }

  private void add(int dataset, String value) {
    List<String> list = values.computeIfAbsent(dataset, unused -> new ArrayList<>());
    if (list.size() < MAX_VALUES) {
      list.add(value);
    }
  }

  private static String text(byte[] value) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
    } catch (CharacterCodingException e) {
      return new String(value, StandardCharsets.ISO_8859_1);
    }
  }
}
