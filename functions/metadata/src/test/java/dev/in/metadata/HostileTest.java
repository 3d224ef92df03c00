package dev.in.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.in.core.stage.MetadataOutput;
import dev.in.formats.ImageFormat;
import dev.in.formats.testing.HeifBytes;
import dev.in.formats.testing.JpegBytes;
import dev.in.formats.testing.PngBytes;
import dev.in.formats.testing.TestImages;
import dev.in.formats.testing.TiffBytes;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Metadata that claims more than it holds is read in bounded memory, and the size is found all the
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
    byte[] tiff = TestImages.concat(pointingTags(4_000, 3_000_000), new byte[3_000_000]);
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
    byte[] content = TestImages.concat("name\0\0".getBytes(), bomb);

    assertThat(bomb.length).isLessThan(100_000);
    expectModest(PngBytes.with("iCCP", content), 60, 40);
  }

  @Test
  void anXmpPacketThatUnpacksForEverIsLeft() {
    byte[] bomb = PngBytes.deflated(new byte[64 << 20]);
    byte[] content = TestImages.concat("XML:com.adobe.xmp\0\1\0\0\0".getBytes(), bomb);

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
        JpegBytes.with(
            0xe2, "ICC_PROFILE\0", TestImages.concat(new byte[] {1, 1}, profile.array())),
        60,
        40);
  }

  @Test
  void aChunkThatClaimsGigabytesIsNotAllocated() {
    byte[] webp = TestImages.made("tagged.webp");
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
              0xe2,
              "ICC_PROFILE\0",
              TestImages.concat(new byte[] {(byte) i, 0}, new byte[65_000])));
    }

    expectModest(TestImages.inserted(TestImages.drawn("jpg"), 2, segments.toByteArray()), 60, 40);
  }

  @Test
  void boxesWithinAHeicThatTheLibraryWouldTripOverAreNotShownToIt() {
    byte[] handler = HeifBytes.box("hdlr", HeifBytes.u32(-1), HeifBytes.u32(-1));
    byte[] movie = HeifBytes.box("moov", HeifBytes.box("trak", HeifBytes.u32(0x7fffffff)));
    byte[] file =
        HeifBytes.file(
            handler, HeifBytes.primary(1), HeifBytes.properties(HeifBytes.size(60, 40), 1));

    expectModest(TestImages.concat(file, movie), 60, 40);
  }

  /** Tags of no meaning whose values are the same stretch. */
  private static byte[] pointingTags(int count, int bytes) {
    ByteBuffer exif =
        ByteBuffer.allocate(Math.max(14 + 12 * count, Math.min(bytes, 65_000)))
            .order(ByteOrder.LITTLE_ENDIAN);
    exif.put("II*\0".getBytes()).putInt(8).putShort((short) count);
    for (int i = 0; i < count; i++) {
      putTag(exif, i, 0x1000 + i, TiffBytes.UNDEFINED, bytes, 0);
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
    Extraction.of(TestImages.drawn("jpg"));
    long before = THREADS.getCurrentThreadAllocatedBytes();
    MetadataOutput output = Extraction.of(file, format);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;

    assertThat(output.width()).isEqualTo(width);
    assertThat(output.height()).isEqualTo(height);
    assertThat(allocated).isLessThan(24 * MEGABYTE);
    return output;
  }
}
