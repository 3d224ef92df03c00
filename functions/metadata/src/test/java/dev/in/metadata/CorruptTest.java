package dev.in.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.in.core.failure.PermanentFailure;
import dev.in.events.FailureCode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorruptTest {
  @Test
  void noiseBehindAJpegsFirstBytesIsNoPicture() {
    Random random = new Random(1);
    for (int i = 0; i < 50; i++) {
      byte[] noise = new byte[20_000];
      random.nextBytes(noise);
      expectCorrupt(Pictures.replaced(noise, 0, (byte) 0xff, (byte) 0xd8, (byte) 0xff));
    }
  }

  @Test
  void aJpegWhoseScanComesFirstIsCorrupt() {
    byte[] scan = JpegBytes.segment(0xda, "", new byte[] {1, 1, 0, 0, 63, 0});

    expectCorrupt(Pictures.concat(new byte[] {(byte) 0xff, (byte) 0xd8}, scan));
  }

  @Test
  void aPngWhoseHeaderWasDamagedIsCorrupt() {
    byte[] wider = Pictures.replaced(Pictures.drawn("png"), 19, (byte) 61);

    expectCorrupt(wider);
  }

  @ParameterizedTest
  @CsvSource({"0, 40", "60, 0"})
  void aPictureWithoutWidthOrHeightIsCorrupt(int width, int height) {
    expectCorrupt(PngBytes.header(width, height));
    expectCorrupt(JpegBytes.frame(0xc0, width, height));
    expectCorrupt(
        HeifBytes.file(
            HeifBytes.primary(1), HeifBytes.properties(HeifBytes.size(width, height), 1)));
  }

  @Test
  void aHeifFileWhosePrimaryPictureHasNoSizeIsCorrupt() {
    expectCorrupt(HeifBytes.fileType());
    expectCorrupt(HeifBytes.file(HeifBytes.properties(HeifBytes.size(60, 40), 1)));
    expectCorrupt(
        HeifBytes.file(HeifBytes.primary(2), HeifBytes.properties(HeifBytes.size(60, 40), 1)));
  }

  @Test
  void aWebpWithoutItsSignatureIsCorrupt() {
    expectCorrupt(Pictures.replaced(Pictures.made("lossy.webp"), 23, (byte) 0));
    expectCorrupt(Pictures.replaced(Pictures.made("lossless.webp"), 20, (byte) 0));
    expectCorrupt(Pictures.replaced(Pictures.made("lossless.webp"), 12, (byte) 'X'));
  }

  @Test
  void aTiffWhoseDirectoriesRunInACircleIsCorrupt() {
    byte[] file = {'I', 'I', 42, 0, 8, 0, 0, 0, 0, 0, 8, 0, 0, 0};

    expectCorrupt(file);
  }

  private static void expectCorrupt(byte[] file) {
    PermanentFailure failure =
        catchThrowableOfType(PermanentFailure.class, () -> Pictures.extract(file));

    assertThat(failure).isNotNull();
    assertThat(failure.code()).isEqualTo(FailureCode.CORRUPT_IMAGE);
    assertThat(failure.getMessage()).startsWith("The picture's header cannot be read: ");
  }
}
