package dev.in.formats;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.in.formats.header.UnreadableHeaderException;
import dev.in.formats.testing.HeifBytes;
import dev.in.formats.testing.JpegBytes;
import dev.in.formats.testing.PngBytes;
import dev.in.formats.testing.TestImages;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of a known format whose size cannot be read. */
class CorruptTest {
  @Test
  void noiseAfterAJpegsFirstBytesIsNotAnImage() {
    Random random = new Random(1);
    for (int i = 0; i < 50; i++) {
      byte[] noise = new byte[20_000];
      random.nextBytes(noise);
      byte[] file = TestImages.replaced(noise, 0, (byte) 0xff, (byte) 0xd8, (byte) 0xff);

      assertThatExceptionOfType(UnreadableHeaderException.class)
          .isThrownBy(() -> TestImages.header(file));
    }
  }

  @Test
  void aJpegWhoseScanComesFirstIsCorrupt() {
    byte[] scan = JpegBytes.segment(0xda, "", new byte[] {1, 1, 0, 0, 63, 0});

    expectCorrupt(
        TestImages.concat(new byte[] {(byte) 0xff, (byte) 0xd8}, scan),
        "there is no frame header before the scan");
  }

  @Test
  void aPngThatBeginsWithAnotherChunkIsCorrupt() {
    byte[] renamed = TestImages.replaced(TestImages.drawn("png"), 12, (byte) 'X');

    expectCorrupt(renamed, "the first chunk is not an IHDR");
  }

  @ParameterizedTest
  @CsvSource({"0, 40", "60, 0"})
  void anImageWithoutWidthOrHeightIsCorrupt(int width, int height) {
    String reason = "the size is " + width + " x " + height;
    expectCorrupt(PngBytes.header(width, height), reason);
    expectCorrupt(JpegBytes.frame(0xc0, width, height), reason);
    expectCorrupt(
        HeifBytes.file(
            HeifBytes.primary(1), HeifBytes.properties(HeifBytes.size(width, height), 1)),
        reason);
  }

  @Test
  void aHeifFileWhosePrimaryImageHasNoSizeIsCorrupt() {
    byte[] properties = HeifBytes.properties(HeifBytes.size(60, 40), 1);

    expectCorrupt(HeifBytes.fileType(), "there is no meta box");
    expectCorrupt(HeifBytes.file(properties), "the primary item has no size");
    expectCorrupt(HeifBytes.file(HeifBytes.primary(2), properties), "the primary item has no size");
  }

  @Test
  void aWebpWithoutItsSignatureIsCorrupt() {
    byte[] lossless = TestImages.made("lossless.webp");

    expectCorrupt(
        TestImages.replaced(TestImages.made("lossy.webp"), 23, (byte) 0), "VP8 has no start code");
    expectCorrupt(TestImages.replaced(lossless, 20, (byte) 0), "VP8L has no signature");
    expectCorrupt(TestImages.replaced(lossless, 12, (byte) 'X'), "the first chunk states no size");
  }

  @Test
  void aTiffWhoseDirectoriesRunInACircleIsCorrupt() {
    byte[] file = {'I', 'I', 42, 0, 8, 0, 0, 0, 0, 0, 8, 0, 0, 0};

    expectCorrupt(file, "no directory states a size");
  }

  private static void expectCorrupt(byte[] file, String reason) {
    assertThatExceptionOfType(UnreadableHeaderException.class)
        .isThrownBy(() -> TestImages.header(file))
        .withMessage(reason);
  }
}
