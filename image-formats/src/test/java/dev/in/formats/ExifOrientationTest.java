package dev.in.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.formats.testing.JpegBytes;
import dev.in.formats.testing.PngBytes;
import dev.in.formats.testing.TestImages;
import dev.in.formats.testing.TiffBytes;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The orientation is found where each format keeps its EXIF. */
class ExifOrientationTest {
  private static final int ORIENTATION = 0x0112;

  @ParameterizedTest
  @ValueSource(strings = {"tagged.jpg", "tagged.png", "tagged.tiff", "tagged.webp"})
  void whatExifToolHasWrittenIsRead(String name) {
    assertThat(orientation(TestImages.made(name))).isEqualTo(6);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "2, 2", "8, 8", "9, 1", "65535, 1"})
  void aValueOutsideTheStandardIsUpright(int written, int read) {
    assertThat(orientation(jpeg(exif(ByteOrder.LITTLE_ENDIAN, written)))).isEqualTo(read);
    assertThat(orientation(jpeg(exif(ByteOrder.BIG_ENDIAN, written)))).isEqualTo(read);
  }

  @Test
  void aNumberOfAnotherWidthIsReadAsWell() {
    byte[] wide = new TiffBytes().main(ORIENTATION, TiffBytes.LONG, 8).build();

    assertThat(orientation(jpeg(wide))).isEqualTo(8);
  }

  @Test
  void jpegsPrefixIsSkippedInAnotherFormat() {
    byte[] exif = exif(ByteOrder.BIG_ENDIAN, 3);

    assertThat(orientation(PngBytes.with("eXIf", exif))).isEqualTo(3);
    assertThat(orientation(PngBytes.with("eXIf", prefixed(exif)))).isEqualTo(3);
  }

  @Test
  void theFirstOfTwoBlocksCounts() {
    byte[] first = exif(ByteOrder.BIG_ENDIAN, 3);
    byte[] second = exif(ByteOrder.BIG_ENDIAN, 5);

    assertThat(orientation(JpegBytes.with(jpeg(second), 0xe1, "Exif\0\0", first))).isEqualTo(3);
  }

  @Test
  void aBrokenBlockCostsTheOrientationAndNotTheImage() {
    byte[] exif = exif(ByteOrder.LITTLE_ENDIAN, 6);

    for (int length = 0; length < 20; length++) {
      assertThat(orientation(jpeg(Arrays.copyOf(exif, length)))).isEqualTo(1);
    }
    assertThat(orientation(jpeg(TestImages.replaced(exif, 4, (byte) 99)))).isEqualTo(1);
    assertThat(orientation(jpeg(TestImages.replaced(exif, 9, (byte) 99)))).isEqualTo(1);
    byte[] text = new TiffBytes().main(ORIENTATION, TiffBytes.ASCII, "six").build();
    assertThat(orientation(jpeg(text))).isEqualTo(1);
  }

  @Test
  void aBlockDoesNotReachBeyondItsSegment() {
    // The directory is said to begin where the segment has ended.
    byte[] exif = {'M', 'M', 0, 42, 0, 0, 0, 8};
    byte[] directory = Arrays.copyOfRange(exif(ByteOrder.BIG_ENDIAN, 6), 8, 26);

    byte[] file = TestImages.inserted(jpeg(exif), 2 + 4 + 6 + exif.length, directory);

    assertThat(orientation(file)).isEqualTo(1);
  }

  private static byte[] exif(ByteOrder order, int orientation) {
    return new TiffBytes(order).main(ORIENTATION, TiffBytes.SHORT, orientation).build();
  }

  private static byte[] jpeg(byte[] exif) {
    return JpegBytes.with(0xe1, "Exif\0\0", exif);
  }

  private static byte[] prefixed(byte[] exif) {
    return TestImages.concat("Exif\0\0".getBytes(), exif);
  }

  private static int orientation(byte[] file) {
    return TestImages.header(file).orientation().exif();
  }
}
