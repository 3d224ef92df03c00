package dev.in.analysis.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** The chunks of a WebP file (RFC 9649, 2.3 and 2.7). */
record WebpChunks(ByteBuffer file) {
  private static final int HEADER = 12;

  /** Whether the file is shorter than it says. */
  boolean isCut() {
    return (littleEndian().getInt(4) & 0xFFFFFFFFL) + 8 > file.limit();
  }

  /** Returns the content of the first chunk of a name, as far as it is there. */
  Optional<ByteBuffer> find(String name) {
    ByteBuffer data = littleEndian();
    long at = HEADER;
    while (at + 8 <= data.limit()) {
      int start = (int) at;
      long length = data.getInt(start + 4) & 0xFFFFFFFFL;
      if (isNamed(data, start, name)) {
        int there = (int) Math.min(length, data.limit() - start - 8L);
        return Optional.of(data.slice(start + 8, there));
      }
      at += 8 + length + (length & 1);
    }
    return Optional.empty();
  }

  private ByteBuffer littleEndian() {
    return file.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  private static boolean isNamed(ByteBuffer data, int at, String name) {
    for (int i = 0; i < 4; i++) {
      if (data.get(at + i) != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
