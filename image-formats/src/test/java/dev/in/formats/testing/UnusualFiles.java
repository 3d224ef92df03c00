package dev.in.formats.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Files that readers like to disagree about, by the words that image-formats/README.md has for
 * them. All that can be read are whole, with pixels.
 */
public final class UnusualFiles {
  private static final int WIDTH = 60;
  private static final int HEIGHT = 40;

  private UnusualFiles() {}

  public static Map<String, byte[]> all() {
    Map<String, byte[]> files = new LinkedHashMap<>(readable());
    files.put("Text that begins with `BM`", "BM is how this sentence begins".getBytes(ISO_8859_1));
    files.put(
        "OS/2 bitmap array (`BA`)", TestImages.replaced(bitmap(12), 0, (byte) 'B', (byte) 'A'));
    files.put("PNG whose first chunk is not IHDR", appleChunk());
    files.put("JPEG of height 0 without DNL", jpegHeight(0));
    files.put("Film whose brands name no image format", fileType("isom", "mp42"));
    return files;
  }

  public static Map<String, byte[]> readable() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("BMP of OS/2 1.x (header of 12 bytes)", bitmap(12));
    files.put("BMP of OS/2 2.x, short (16 bytes)", bitmap(16));
    files.put("BMP of OS/2 2.x, long (64 bytes)", bitmap(64));
    files.put("BMP of Windows 98 and later (124 bytes)", bitmap(124));
    files.put(
        "BMP with reserved bytes that are not 0",
        TestImages.replaced(bitmap(40), 6, (byte) 1, (byte) 2, (byte) 3, (byte) 4));
    files.put("BigTIFF, little-endian", bigTiff(ByteOrder.LITTLE_ENDIAN));
    files.put("BigTIFF, big-endian", bigTiff(ByteOrder.BIG_ENDIAN));
    files.put("PNG with a wrong checksum in IHDR", wrongChecksum());
    files.put("JPEG of height 0 with the height in a DNL segment", heightInDnl());
    files.put("GIF with a logical screen of 0 x 0", screenless());
    files.put("AVIF as a compatible brand only", brand("turned-6.avif", "mif1"));
    files.put("HEIC as a compatible brand only", brand("tagged.heic", "MiHB"));
    files.put("HEIC with an orientation in its EXIF alone", TestImages.made("tagged.heic"));
    files.put("AVIF with another orientation in its EXIF", TestImages.made("turned-6.avif"));
    return files;
  }

  /** 24 bits a pixel, all of them grey, behind a header of that length. */
  private static byte[] bitmap(int header) {
    int row = (WIDTH * 3 + 3) / 4 * 4;
    ByteBuffer file =
        ByteBuffer.allocate(14 + header + row * HEIGHT).order(ByteOrder.LITTLE_ENDIAN);
    file.put(new byte[] {'B', 'M'}).putInt(file.capacity()).putInt(0).putInt(14 + header);
    file.putInt(header);
    if (header == 12) {
      file.putShort((short) WIDTH).putShort((short) HEIGHT);
    } else {
      file.putInt(WIDTH).putInt(HEIGHT);
    }
    file.putShort((short) 1).putShort((short) 24);
    while (file.position() < 14 + header) {
      file.put((byte) 0);
    }
    while (file.hasRemaining()) {
      file.put((byte) 0x80);
    }
    return file.array();
  }

  /** One strip of grey, 8 bits a pixel. */
  private static byte[] bigTiff(ByteOrder order) {
    long[][] tags = {
      {256, 3, WIDTH},
      {257, 3, HEIGHT},
      {258, 3, 8},
      {259, 3, 1},
      {262, 3, 1},
      {273, 16, 16 + 8 + 20 * 9 + 8},
      {277, 3, 1},
      {278, 3, HEIGHT},
      {279, 16, WIDTH * HEIGHT},
    };
    ByteBuffer file =
        ByteBuffer.allocate(16 + 8 + 20 * tags.length + 8 + WIDTH * HEIGHT).order(order);
    file.put((order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM").getBytes(ISO_8859_1));
    file.putShort((short) 43).putShort((short) 8).putShort((short) 0).putLong(16);
    file.putLong(tags.length);
    for (long[] tag : tags) {
      file.putShort((short) tag[0]).putShort((short) tag[1]).putLong(1);
      if (tag[1] == 3) {
        file.putShort((short) tag[2]).put(new byte[6]);
      } else {
        file.putLong(tag[2]);
      }
    }
    file.putLong(0);
    while (file.hasRemaining()) {
      file.put((byte) 0x80);
    }
    return file.array();
  }

  private static byte[] wrongChecksum() {
    byte[] png = TestImages.drawn("png");
    int checksum = 8 + 8 + 13;
    return TestImages.replaced(png, checksum, (byte) ~png[checksum]);
  }

  /** As Apple's tools for iOS write them, whose PNG no browser but Safari shows. */
  private static byte[] appleChunk() {
    return TestImages.inserted(TestImages.drawn("png"), 8, PngBytes.chunk("CgBI", new byte[4]));
  }

  private static byte[] heightInDnl() {
    byte[] jpeg = jpegHeight(0);
    byte[] lines = JpegBytes.segment(0xdc, "", new byte[] {0, HEIGHT});
    return TestImages.inserted(jpeg, jpeg.length - 2, lines);
  }

  private static byte[] jpegHeight(int height) {
    byte[] jpeg = TestImages.drawn("jpg");
    int at = 0;
    while ((jpeg[at] & 0xff) != 0xff || (jpeg[at + 1] & 0xff) != 0xc0) {
      at++;
    }
    return TestImages.replaced(jpeg, at + 5, (byte) (height >> 8), (byte) height);
  }

  private static byte[] screenless() {
    return TestImages.replaced(TestImages.drawn("gif"), 6, new byte[4]);
  }

  private static byte[] brand(String name, String major) {
    return TestImages.replaced(TestImages.made(name), 8, major.getBytes(ISO_8859_1));
  }

  private static byte[] fileType(String brand, String compatible) {
    return HeifBytes.box(
        "ftyp", HeifBytes.text(brand), HeifBytes.u32(0), HeifBytes.text(compatible));
  }
}
