package dev.in.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.core.stage.MetadataOutput;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizeTest {
  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png", "gif", "bmp", "tiff"})
  void aPictureThatJavaWritesHasItsSize(String type) {
    expect(Pictures.extract(Pictures.drawn(type, 61, 37)), 61, 37);
  }

  @ParameterizedTest
  @CsvSource({
    "lossy.webp, 60, 40",
    "lossless.webp, 60, 40",
    "told.webp, 60, 40",
    "told.heic, 60, 40",
    "told.tiff, 60, 40",
    "grid.avif, 128, 128",
  })
  void aPictureThatOtherToolsWriteHasItsSize(String name, int width, int height) {
    expect(Pictures.extract(Pictures.made(name)), width, height);
  }

  @Test
  void aProgressiveJpegHasItsSize() {
    expect(Pictures.extract(Pictures.progressiveJpeg(61, 37)), 61, 37);
  }

  @Test
  void theSizeIsThatOfTheStoredPixelsWhateverTheOrientation() {
    MetadataOutput told = Pictures.extract(Pictures.made("told.jpg"));

    expect(told, 60, 40);
    assertThat(told.metadata().orientation()).isEqualTo(6);
    expect(Pictures.extract(Pictures.made("turned-6.avif")), 60, 40);
  }

  @Test
  void theThumbnailWithinAJpegDoesNotCount() {
    byte[] thumbnail = Pictures.drawn("jpg", 16, 12);

    expect(Pictures.extract(JpegBytes.with(0xe1, "Exif\0\0", thumbnail)), 60, 40);
  }

  @Test
  void strayBytesBetweenSegmentsArePassedOver() {
    int behindTheFirst = 2 + 2 + 16;
    byte[] stray =
        Pictures.inserted(Pictures.drawn("jpg"), behindTheFirst, new byte[] {0, 1, 2, -1, -1});

    expect(Pictures.extract(stray), 60, 40);
  }

  @Test
  void aBitmapFromTopToBottomHasAPositiveHeight() {
    byte[] upsideDown = littleEndian(Pictures.drawn("bmp"), 22, -40);

    expect(Pictures.extract(upsideDown), 60, 40);
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

    expect(Pictures.extract(bitmap), 9, 2);
  }

  @Test
  void aReducedCopyInFrontOfATiffPictureDoesNotCount() {
    byte[] reduced = directory(254, 1, 256, 16, 257, 12);
    byte[] full = directory(254, 0, 256, 640, 257, 480);
    byte[] header = {'I', 'I', 42, 0, 8, 0, 0, 0};
    byte[] file = Pictures.concat(header, reduced, full);
    littleEndianInPlace(file, 8 + reduced.length - 4, 8 + reduced.length);

    expect(Pictures.extract(file), 640, 480);
  }

  @Test
  void theFirstOfSeveralTiffPagesCounts() {
    byte[] first = directory(256, 640, 257, 480);
    byte[] file =
        Pictures.concat(
            new byte[] {'I', 'I', 42, 0, 8, 0, 0, 0}, first, directory(256, 1000, 257, 999));
    littleEndianInPlace(file, 8 + first.length - 4, 8 + first.length);

    expect(Pictures.extract(file), 640, 480);
  }

  @Test
  void aHeifGridHasTheSizeOfTheWholeNotOfATile() {
    byte[] file =
        HeifBytes.file(
            HeifBytes.primary(1),
            HeifBytes.items(HeifBytes.item(1, "grid", "\0"), HeifBytes.item(2, "hvc1", "\0")),
            HeifBytes.properties(
                Pictures.concat(HeifBytes.size(512, 512), HeifBytes.size(4032, 3024)), 2));

    expect(Pictures.extract(file), 4032, 3024);
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

  private static void expect(MetadataOutput output, int width, int height) {
    assertThat(output.width()).isEqualTo(width);
    assertThat(output.height()).isEqualTo(height);
  }
}
