package dev.in.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.in.core.image.ImageFormat;
import dev.in.core.stage.MetadataOutput;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Files that say more than they hold. Each is read in bounded memory, and its size is told all the
 * same. (Before there were bounds, some of these took the library hundreds of megabytes or all
 * there are.)
 */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class HostileTest {
  private static final long MEGABYTE = 1 << 20;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void tagsThatAllPointAtTheSameLargeValueAreNotAllRead() {
    expectModest(JpegBytes.with(0xe1, "Exif\0\0", pointingTags(5_000, 60_000)), 60, 40);
  }

  @Test
  void tagsOfATiffThatPointAtTheWholeFileAreNotAllRead() {
    byte[] tiff = Pictures.concat(pointingTags(4_000, 3_000_000), new byte[3_000_000]);
    ByteBuffer file = ByteBuffer.wrap(tiff).order(ByteOrder.LITTLE_ENDIAN);
    putTag(file, 0, 256, 4, 1, 60);
    putTag(file, 1, 257, 4, 1, 40);

    expectModest(tiff, 60, 40);
  }

  @Test
  void directoriesWithinDirectoriesAreNotAllEntered() {
    ByteBuffer exif = ByteBuffer.allocate(60_000).order(ByteOrder.LITTLE_ENDIAN);
    exif.put("II*\0".getBytes()).putInt(8);
    for (int at = 8; at + 18 < exif.capacity(); at += 18) {
      exif.putShort((short) 1).putShort((short) 0x8769).putShort((short) 4).putInt(1);
      exif.putInt(at + 18).putInt(0);
    }

    expectModest(JpegBytes.with(0xe1, "Exif\0\0", exif.array()), 60, 40);
  }

  @Test
  void aProfileThatUnpacksForEverIsLeft() {
    byte[] bomb = PngBytes.deflated(new byte[64 << 20]);
    byte[] content = Pictures.concat("name\0\0".getBytes(), bomb);

    assertThat(bomb.length).isLessThan(100_000);
    expectModest(PngBytes.with("iCCP", content), 60, 40);
  }

  @Test
  void anXmpPacketThatUnpacksForEverIsLeft() {
    byte[] bomb = PngBytes.deflated(new byte[64 << 20]);
    byte[] content = Pictures.concat("XML:com.adobe.xmp\0\1\0\0\0".getBytes(), bomb);

    expectModest(PngBytes.with("iTXt", content), 60, 40);
  }

  @Test
  void aProfileOfManyLongStretchesIsNotCopied() {
    ByteBuffer profile = ByteBuffer.allocate(60_000);
    profile.putInt(128, 4_000);
    for (int i = 0; i < 4_000; i++) {
      profile.putInt(132 + 12 * i, i).putInt(136 + 12 * i, 128).putInt(140 + 12 * i, 59_000);
    }

    expectModest(
        JpegBytes.with(0xe2, "ICC_PROFILE\0", Pictures.concat(new byte[] {1, 1}, profile.array())),
        60,
        40);
  }

  @Test
  void aChunkThatClaimsGigabytesIsNotAllocated() {
    byte[] webp = Pictures.made("told.webp");
    int exif = indexOf(webp, "EXIF");
    ByteBuffer.wrap(webp)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(4, Integer.MAX_VALUE)
        .putInt(exif + 4, Integer.MAX_VALUE - 100);

    expectModest(webp, 60, 40);
  }

  @Test
  void manySegmentsAreNotKept() {
    ByteArrayOutputStream segments = new ByteArrayOutputStream();
    for (int i = 0; i < 200; i++) {
      segments.writeBytes(JpegBytes.segment(0xed, "Photoshop 3.0\0", new byte[65_000]));
      segments.writeBytes(
          JpegBytes.segment(
              0xe2, "ICC_PROFILE\0", Pictures.concat(new byte[] {(byte) i, 0}, new byte[65_000])));
    }

    expectModest(Pictures.inserted(Pictures.drawn("jpg"), 2, segments.toByteArray()), 60, 40);
  }

  @Test
  void stripsInTablesFarApartAreComparedInOneGo() {
    int strips = 1_000_000;
    ByteBuffer tiff = ByteBuffer.allocate(100 + 8 * strips).order(ByteOrder.LITTLE_ENDIAN);
    tiff.put("II*\0".getBytes()).putInt(8).putShort((short) 4);
    putTag(tiff, 0, 256, 4, 1, 60);
    putTag(tiff, 1, 257, 4, 1, 40);
    putTag(tiff, 2, 273, 4, strips, 100);
    putTag(tiff, 3, 279, 4, strips, 100 + 4 * strips);

    MetadataOutput output = expectModest(tiff.array(), 60, 40);

    assertThat(output.metadata().truncated()).isFalse();
  }

  @Test
  void heifTablesThatClaimMoreThanThereIsAreReadAsFarAsTheyGo() {
    byte[] associations =
        HeifBytes.fullBox(
            "ipma",
            0,
            HeifBytes.u32(0xffffffffL),
            HeifBytes.u16(1),
            new byte[] {1, (byte) 0x81},
            new byte[100_000]);
    byte[] properties =
        HeifBytes.box("iprp", HeifBytes.box("ipco", HeifBytes.size(60, 40)), associations);
    byte[] locations =
        HeifBytes.fullBox(
            "iloc", 1, HeifBytes.u16(0x4440), HeifBytes.u16(0xffff), new byte[100_000]);

    expectModest(HeifBytes.file(HeifBytes.primary(1), locations, properties), 60, 40);
  }

  @Test
  void boxesWithinAHeicThatTheLibraryWouldTripOverAreNotShownToIt() {
    byte[] handler = HeifBytes.box("hdlr", HeifBytes.u32(-1), HeifBytes.u32(-1));
    byte[] movie = HeifBytes.box("moov", HeifBytes.box("trak", HeifBytes.u32(0x7fffffff)));
    byte[] file =
        HeifBytes.file(
            handler, HeifBytes.primary(1), HeifBytes.properties(HeifBytes.size(60, 40), 1));

    expectModest(Pictures.concat(file, movie), 60, 40);
  }

  /** Tags of no meaning whose values are the same stretch. */
  private static byte[] pointingTags(int count, int bytes) {
    ByteBuffer exif =
        ByteBuffer.allocate(Math.max(14 + 12 * count, Math.min(bytes, 65_000)))
            .order(ByteOrder.LITTLE_ENDIAN);
    exif.put("II*\0".getBytes()).putInt(8).putShort((short) count);
    for (int i = 0; i < count; i++) {
      putTag(exif, i, 0x1000 + i, ExifBytes.UNDEFINED, bytes, 0);
    }
    return exif.array();
  }

  private static void putTag(ByteBuffer tiff, int index, int tag, int type, int count, int value) {
    int at = 10 + 12 * index;
    tiff.putShort(at, (short) tag).putShort(at + 2, (short) type);
    tiff.putInt(at + 4, count).putInt(at + 8, value);
  }

  private static int indexOf(byte[] file, String text) {
    return new String(file, StandardCharsets.ISO_8859_1).indexOf(text);
  }

  /** Counts everything that the reading allocates, kept or not. */
  private static MetadataOutput expectModest(byte[] file, int width, int height) {
    ImageFormat format = ImageFormat.sniff(file).orElseThrow();
    Pictures.extract(Pictures.drawn("jpg"));
    long before = THREADS.getCurrentThreadAllocatedBytes();
    MetadataOutput output = Pictures.extract(file, format);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;

    assertThat(output.width()).isEqualTo(width);
    assertThat(output.height()).isEqualTo(height);
    assertThat(allocated).isLessThan(24 * MEGABYTE);
    return output;
  }
}
