package dev.in.formats;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.in.formats.bytes.ImageBytes;
import dev.in.formats.header.ImageHeader;
import dev.in.formats.testing.HeifBytes;
import dev.in.formats.testing.TestImages;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Files that say more than they hold: each is read in bounded memory and a bounded number of steps.
 */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class HostileHeaderTest {
  private static final long MEGABYTE = 1 << 20;
  private static final int LONG = 4;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void stripsInTablesFarApartAreComparedInOneGo() {
    ByteBuffer tiff = tiffWithStrips(1_000_000);

    ImageHeader header = expectModest(tiff.array(), 60, 40);

    assertThat(header.truncated()).isFalse();
  }

  @Test
  void theLastOfAMillionStripsIsComparedAsWell() {
    int strips = 1_000_000;
    ByteBuffer tiff = tiffWithStrips(strips);
    tiff.putInt(100 + 4 * (strips - 1), Integer.MAX_VALUE);

    assertThat(expectModest(tiff.array(), 60, 40).truncated()).isTrue();
  }

  /** Each of 64 directories claims 50 MB of tables: a reader that believed all would read 6 GB. */
  @Test
  void reducedDirectoriesOverTheSameBytesAreNotAllRead() {
    int directories = 64;
    int bytes = 50_000_000;
    int claimed = bytes / 8 - 10_000;
    ByteBuffer start = ByteBuffer.allocate(8 + directories * 66).order(ByteOrder.LITTLE_ENDIAN);
    start.put("II*\0".getBytes()).putInt(8);
    for (int i = 0; i < directories; i++) {
      start.putShort((short) 5);
      putTag(start, 254, 1, 1);
      putTag(start, 256, 1, 60);
      putTag(start, 257, 1, 40);
      putTag(start, 273, claimed, 10_000);
      putTag(start, 279, claimed, 10_000 + bytes / 2);
      start.putInt(i < directories - 1 ? start.position() + 4 : 0);
    }
    AtomicLong read = new AtomicLong();
    ImageBytes file =
        ImageBytes.of(
            (target, at) -> {
              int count = (int) Math.min(target.remaining(), bytes - at);
              for (int i = 0; i < count; i++) {
                target.put(at + i < start.capacity() ? start.get((int) at + i) : 0);
              }
              assertThat(read.addAndGet(count)).isLessThan(100 * MEGABYTE);
              return count;
            },
            bytes);

    ImageHeader header = ImageHeaders.read(file, ImageFormat.TIFF);

    assertThat(header.width()).isEqualTo(60);
    assertThat(header.truncated()).isFalse();
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

  private static ByteBuffer tiffWithStrips(int strips) {
    ByteBuffer tiff = ByteBuffer.allocate(100 + 8 * strips).order(ByteOrder.LITTLE_ENDIAN);
    tiff.put("II*\0".getBytes()).putInt(8).putShort((short) 4);
    putTag(tiff, 256, 1, 60);
    putTag(tiff, 257, 1, 40);
    putTag(tiff, 273, strips, 100);
    putTag(tiff, 279, strips, 100 + 4 * strips);
    return tiff;
  }

  private static void putTag(ByteBuffer tiff, int tag, int count, int value) {
    tiff.putShort((short) tag).putShort((short) LONG).putInt(count).putInt(value);
  }

  /** Counts everything that the reading allocates, kept or not. */
  private static ImageHeader expectModest(byte[] file, int width, int height) {
    ImageFormat format = ImageFormat.sniff(file).orElseThrow();
    TestImages.header(TestImages.drawn("jpg"));
    long before = THREADS.getCurrentThreadAllocatedBytes();
    ImageHeader header = ImageHeaders.read(ImageBytes.of(file), format);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;

    assertThat(header).isEqualTo(TestImages.header(file, format));
    assertThat(header.width()).isEqualTo(width);
    assertThat(header.height()).isEqualTo(height);
    assertThat(allocated).isLessThan(24 * MEGABYTE);
    return header;
  }
}
