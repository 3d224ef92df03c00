package dev.in.formats.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** Puts chunks into a PNG file. */
public final class PngBytes {
  private static final int BEHIND_HEADER = 8 + 12 + 13;

  private PngBytes() {}

  /** A plain image with a chunk behind its header. */
  public static byte[] with(String type, byte[] content) {
    return TestImages.inserted(TestImages.drawn("png"), BEHIND_HEADER, chunk(type, content));
  }

  public static byte[] chunk(String type, byte[] content) {
    byte[] named = TestImages.concat(type.getBytes(StandardCharsets.US_ASCII), content);
    CRC32 checksum = new CRC32();
    checksum.update(named);
    return ByteBuffer.allocate(8 + named.length)
        .putInt(content.length)
        .put(named)
        .putInt((int) checksum.getValue())
        .array();
  }

  /** A header alone, which is all that it takes to tell a size. */
  public static byte[] header(int width, int height) {
    byte[] content =
        ByteBuffer.allocate(13)
            .putInt(width)
            .putInt(height)
            .put(new byte[] {8, 2, 0, 0, 0})
            .array();
    byte[] signature = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    return TestImages.concat(signature, chunk("IHDR", content));
  }

  public static byte[] deflated(byte[] plain) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      out.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
