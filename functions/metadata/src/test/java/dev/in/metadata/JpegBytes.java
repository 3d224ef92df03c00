package dev.in.metadata;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Puts segments into a JPEG file. */
final class JpegBytes {
  private JpegBytes() {}

  /** A plain picture with a segment in front. */
  static byte[] with(int marker, String magic, byte[] content) {
    return with(Pictures.drawn("jpg"), marker, magic, content);
  }

  static byte[] with(byte[] jpeg, int marker, String magic, byte[] content) {
    return Pictures.inserted(jpeg, 2, segment(marker, magic, content));
  }

  static byte[] segment(int marker, String magic, byte[] content) {
    byte[] begin = magic.getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.allocate(4 + begin.length + content.length)
        .put((byte) 0xff)
        .put((byte) marker)
        .putShort((short) (2 + begin.length + content.length))
        .put(begin)
        .put(content)
        .array();
  }

  /** A frame header alone, which is all that it takes to tell a size. */
  static byte[] frame(int marker, int width, int height) {
    byte[] content =
        ByteBuffer.allocate(9)
            .put((byte) 8)
            .putShort((short) height)
            .putShort((short) width)
            .put(new byte[] {1, 1, 0x11, 0})
            .array();
    return Pictures.concat(new byte[] {(byte) 0xff, (byte) 0xd8}, segment(marker, "", content));
  }
}
