package dev.in.runner;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Small generated images. */
final class TestImages {
  private TestImages() {}

  /** An image of two areas, in the format that the extension names. */
  static Path write(Path file, int width, int height) throws IOException {
    String name = file.getFileName().toString();
    String format = name.substring(name.lastIndexOf('.') + 1);
    if (format.equals("webp")) {
      return Files.write(file, webp(width, height));
    }
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(200, 30, 30));
    graphics.fillRect(0, 0, width, height);
    graphics.setColor(new Color(20, 90, 200));
    graphics.fillRect(width / 4, height / 4, width / 2, height / 2);
    graphics.dispose();
    if (!ImageIO.write(image, format, file.toFile())) {
      throw new IOException("this Java writes no " + format);
    }
    return file;
  }

  /**
   * A lossless WebP of one colour: five prefix codes of one symbol each, and then no bits at all
   * for the pixels (RFC 9649, section 3).
   */
  private static byte[] webp(int width, int height) {
    Bits bits = new Bits();
    bits.add(width - 1, 14);
    bits.add(height - 1, 14);
    bits.add(0, 1); // no alpha
    bits.add(0, 3); // version
    bits.add(0, 1); // no transform
    bits.add(0, 1); // no colour cache
    bits.add(0, 1); // one group of prefix codes
    for (int symbol : new int[] {90, 20, 200, 255, 0}) { // green, red, blue, alpha, distance
      bits.add(1, 1); // a simple code
      bits.add(0, 1); // of one symbol
      bits.add(1, 1); // of eight bits
      bits.add(symbol, 8);
    }
    byte[] stream = bits.toBytes();
    int padded = 1 + stream.length + (1 + stream.length) % 2;
    return ByteBuffer.allocate(20 + padded)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("RIFF".getBytes(StandardCharsets.US_ASCII))
        .putInt(12 + padded)
        .put("WEBPVP8L".getBytes(StandardCharsets.US_ASCII))
        .putInt(1 + stream.length)
        .put((byte) 0x2f)
        .put(stream)
        .array();
  }

  /** Bits, the lowest first. */
  private static final class Bits {
    private final java.util.BitSet bits = new java.util.BitSet();
    private int length;

    void add(int value, int count) {
      for (int i = 0; i < count; i++) {
        bits.set(length++, (value >> i & 1) == 1);
      }
    }

    byte[] toBytes() {
      return java.util.Arrays.copyOf(bits.toByteArray(), (length + 7) / 8);
    }
  }
}
