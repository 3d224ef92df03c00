package dev.in.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.in.core.failure.PermanentFailure;
import dev.in.core.stage.MetadataOutput;
import dev.in.events.FailureCode;
import dev.in.formats.testing.JpegBytes;
import dev.in.formats.testing.PngBytes;
import org.junit.jupiter.api.Test;

class PixelLimitTest {
  private static final int BASELINE = 0xc0;
  private static final int PROGRESSIVE = 0xc2;

  @Test
  void aHundredMegapixelsAreAllowed() {
    MetadataOutput output = Extraction.of(JpegBytes.frame(BASELINE, 10_000, 10_000));

    assertThat(output.width()).isEqualTo(10_000);
    assertThat(output.height()).isEqualTo(10_000);
  }

  @Test
  void moreAreNot() {
    expectTooMany(
        JpegBytes.frame(BASELINE, 10_000, 10_001),
        "The image has 10000 x 10001 pixels; at most 100 megapixels are allowed.");
    expectTooMany(
        PngBytes.header(65_536, 65_536),
        "The image has 65536 x 65536 pixels; at most 100 megapixels are allowed.");
    expectTooMany(
        PngBytes.header(Integer.MAX_VALUE, Integer.MAX_VALUE),
        "The image has 2147483647 x 2147483647 pixels; at most 100 megapixels are allowed.");
  }

  @Test
  void fiftyMegapixelsOfAProgressiveJpegAreAllowed() {
    assertThat(Extraction.of(JpegBytes.frame(PROGRESSIVE, 10_000, 5_000)).height())
        .isEqualTo(5_000);
  }

  @Test
  void moreOfAProgressiveJpegAreNot() {
    expectTooMany(
        JpegBytes.frame(PROGRESSIVE, 10_000, 5_001),
        "The image has 10000 x 5001 pixels; at most 50 megapixels are allowed"
            + " in a progressive JPEG.");
  }

  private static void expectTooMany(byte[] file, String message) {
    PermanentFailure failure =
        catchThrowableOfType(PermanentFailure.class, () -> Extraction.of(file));

    assertThat(failure.code()).isEqualTo(FailureCode.TOO_MANY_PIXELS);
    assertThat(failure).hasMessage(message);
  }
}
