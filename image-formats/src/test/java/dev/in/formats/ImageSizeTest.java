package dev.in.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.in.formats.header.ImageHeader;
import dev.in.formats.header.UnreadableHeaderException;
import dev.in.formats.testing.HeifBytes;
import dev.in.formats.testing.JpegBytes;
import dev.in.formats.testing.TestImages;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Width and height are those of the primary image as stored. */
class ImageSizeTest {
  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png", "gif", "bmp", "tiff"})
  void anImageThatJavaWritesHasItsSize(String type) {
    expect(TestImages.header(TestImages.drawn(type, 61, 37)), 61, 37);
  }

  @ParameterizedTest
  @CsvSource({
    "lossy.webp, 60, 40",
    "lossless.webp, 60, 40",
    "tagged.webp, 60, 40",
    "tagged.heic, 60, 40",
    "tagged.tiff, 60, 40",
    "grid.avif, 128, 128",
  })
  void anImageThatOtherToolsWriteHasItsSize(String name, int width, int height) {
    expect(TestImages.header(TestImages.made(name)), width, height);
  }

  @Test
  void aProgressiveJpegHasItsSize() {
    expect(TestImages.header(TestImages.progressiveJpeg(61, 37)), 61, 37);
  }

  @Test
  void theSizeIsThatOfTheStoredPixelsWhateverTheOrientation() {
    ImageHeader header = TestImages.header(TestImages.made("tagged.jpg"));

    expect(header, 60, 40);
    assertThat(header.orientation().exif()).isEqualTo(6);
    expect(TestImages.header(TestImages.made("turned-6.avif")), 60, 40);
  }

  @Test
  void theThumbnailWithinAJpegDoesNotCount() {
    byte[] thumbnail = TestImages.drawn("jpg", 16, 12);

    expect(TestImages.header(JpegBytes.with(0xe1, "Exif\0\0", thumbnail)), 60, 40);
  }

  @Test
  void strayBytesBetweenSegmentsAreSkipped() {
    int afterTheFirst = 2 + 2 + 16;
    byte[] stray =
        TestImages.inserted(TestImages.drawn("jpg"), afterTheFirst, new byte[] {0, 1, 2, -1, -1});

    expect(TestImages.header(stray), 60, 40);
  }

  @Test
  void aBitmapFromTopToBottomHasAPositiveHeight() {
    byte[] upsideDown = littleEndian(TestImages.drawn("bmp"), 22, -40);

    expect(TestImages.header(upsideDown), 60, 40);
  }

  @Test
  void aBitmapOfOs2HasItsSize() {
    byte[] bitmap = new byte[26 + 4 * 2];
    ByteBuffer.wrap(bitmap)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {'B', 'M'})
        .putInt(bitmap.length)
        .putInt(0)
        .putInt(26)
        .putInt(12)
        .putShort((short) 9)
        .putShort((short) 2)
        .putShort((short) 1)
        .putShort((short) 1);

    expect(TestImages.header(bitmap), 9, 2);
  }

  @Test
  void aReducedCopyBeforeATiffImageDoesNotCount() {
    byte[] reduced = directory(254, 1, 256, 16, 257, 12);
    byte[] full = directory(254, 0, 256, 640, 257, 480);
    byte[] header = {'I', 'I', 42, 0, 8, 0, 0, 0};
    byte[] file = TestImages.concat(header, reduced, full);
    littleEndianInPlace(file, 8 + reduced.length - 4, 8 + reduced.length);

    expect(TestImages.header(file), 640, 480);
    assertThat(TestImages.header(file).page()).isEqualTo(1);
  }

  @Test
  void theFirstOfSeveralTiffPagesCounts() {
    byte[] first = directory(256, 640, 257, 480);
    byte[] file =
        TestImages.concat(
            new byte[] {'I', 'I', 42, 0, 8, 0, 0, 0}, first, directory(256, 1000, 257, 999));
    littleEndianInPlace(file, 8 + first.length - 4, 8 + first.length);

    expect(TestImages.header(file), 640, 480);
  }

  @Test
  void aHeifGridHasTheSizeOfTheWholeNotOfATile() {
    byte[] file =
        HeifBytes.file(
            HeifBytes.primary(1),
            HeifBytes.items(HeifBytes.item(1, "grid", "\0"), HeifBytes.item(2, "hvc1", "\0")),
            HeifBytes.properties(
                TestImages.concat(HeifBytes.size(512, 512), HeifBytes.size(4032, 3024)), 2));

    expect(TestImages.header(file), 4032, 3024);
  }

  @Test
  void aSizeBeyondAnIntegerIsNotRead() {
    byte[] header = {'I', 'I', 42, 0, 8, 0, 0, 0};
    byte[] tiff = TestImages.concat(header, directory(256, -1, 257, 40));

    assertThatExceptionOfType(UnreadableHeaderException.class)
        .isThrownBy(() -> TestImages.header(tiff))
        .withMessage("the size is 4294967295 x 40");
  }

  private static byte[] directory(int... tagsAndValues) {
    ByteBuffer bytes =
        ByteBuffer.allocate(2 + 6 * tagsAndValues.length + 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putShort((short) (tagsAndValues.length / 2));
    for (int i = 0; i < tagsAndValues.length; i += 2) {
      bytes.putShort((short) tagsAndValues[i]).putShort((short) 4).putInt(1);
      bytes.putInt(tagsAndValues[i + 1]);
    }
    return bytes.array();
  }

  private static byte[] littleEndian(byte[] file, int at, int value) {
    byte[] changed = file.clone();
    littleEndianInPlace(changed, at, value);
    return changed;
  }

  private static void littleEndianInPlace(byte[] file, int at, int value) {
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
  }

  private static void expect(ImageHeader header, int width, int height) {
    assertThat(header.width()).isEqualTo(width);
    assertThat(header.height()).isEqualTo(height);
  }
}
