package dev.in.formats.testing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Puts segments into a JPEG file. */
public final class JpegBytes {
  private JpegBytes() {}

  /** A plain image with a segment in front. */
  public static byte[] with(int marker, String magic, byte[] content) {
    return with(TestImages.drawn("jpg"), marker, magic, content);
  }

  public static byte[] with(byte[] jpeg, int marker, String magic, byte[] content) {
    return TestImages.inserted(jpeg, 2, segment(marker, magic, content));
  }

  public static byte[] segment(int marker, String magic, byte[] content) {
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
  public static byte[] frame(int marker, int width, int height) {
    byte[] content =
        ByteBuffer.allocate(9)
            .put((byte) 8)
            .putShort((short) height)
            .putShort((short) width)
            .put(new byte[] {1, 1, 0x11, 0})
            .array();
    return TestImages.concat(new byte[] {(byte) 0xff, (byte) 0xd8}, segment(marker, "", content));
  }
}
