package dev.in.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.in.formats.header.ImageHeader;
import dev.in.formats.header.UnreadableHeaderException;
import dev.in.formats.testing.JpegBytes;
import dev.in.formats.testing.TestImages;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that end too early: without a header they are corrupt, after it they are truncated. */
class TruncationTest {
  static Stream<Map.Entry<String, byte[]>> images() {
    return Stream.of(
        Map.entry("jpg", TestImages.drawn("jpg")),
        Map.entry("progressive jpg", TestImages.progressiveJpeg(60, 40)),
        Map.entry("tagged.jpg", TestImages.made("tagged.jpg")),
        Map.entry("png", TestImages.drawn("png")),
        Map.entry("tagged.png", TestImages.made("tagged.png")),
        Map.entry("gif", TestImages.drawn("gif")),
        Map.entry("tagged.gif", TestImages.made("tagged.gif")),
        Map.entry("bmp", TestImages.drawn("bmp")),
        Map.entry("tiff", TestImages.drawn("tiff")),
        Map.entry("lossy.webp", TestImages.made("lossy.webp")),
        Map.entry("lossless.webp", TestImages.made("lossless.webp")),
        Map.entry("tagged.webp", TestImages.made("tagged.webp")),
        Map.entry("tagged.heic", TestImages.made("tagged.heic")),
        Map.entry("turned-6.avif", TestImages.made("turned-6.avif")),
        Map.entry("grid.avif", TestImages.made("grid.avif")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("images")
  void aWholeImageIsWhole(Map.Entry<String, byte[]> image) {
    assertThat(TestImages.header(image.getValue()).truncated()).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("images")
  void everyCutIsNoticed(Map.Entry<String, byte[]> image) {
    byte[] whole = image.getValue();
    ImageFormat format = ImageFormat.sniff(whole).orElseThrow();
    ImageHeader expected = TestImages.header(whole);
    int step = Math.max(1, whole.length / 150);
    for (int length = 1; length < whole.length; length += step) {
      Optional<ImageHeader> output = headerIfReadable(TestImages.cut(whole, length), format);
      int cutAt = length;
      output.ifPresent(
          found -> {
            assertThat(found.width()).isEqualTo(expected.width());
            assertThat(found.height()).isEqualTo(expected.height());
            assertThat(found.truncated()).as("cut at %d", cutAt).isTrue();
          });
    }
  }

  private static Optional<ImageHeader> headerIfReadable(byte[] file, ImageFormat format) {
    try {
      return Optional.of(TestImages.header(file, format));
    } catch (UnreadableHeaderException e) {
      return Optional.empty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png", "gif", "bmp"})
  void anImageThatLosesItsLastByteIsTruncated(String type) {
    byte[] whole = TestImages.drawn(type);

    assertThat(TestImages.header(TestImages.cut(whole, whole.length - 1)).truncated()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png", "gif", "bmp", "tiff"})
  void whatFollowsAnImageIsIgnored(String type) {
    byte[] longer = TestImages.concat(TestImages.drawn(type), new byte[] {-1, -1, 0, 7});

    assertThat(TestImages.header(longer).truncated()).isFalse();
  }

  @Test
  void aSecondImageAfterAJpegDoesNotHideThatTheFirstIsCut() {
    byte[] whole = TestImages.drawn("jpg", 200, 200);
    byte[] cut = TestImages.cut(whole, whole.length - 2);

    assertThat(TestImages.header(cut).truncated()).isTrue();
    assertThat(TestImages.header(TestImages.concat(whole, cut)).truncated()).isFalse();
  }

  @Test
  void aJpegThatEndsAfterItsFrameHeaderIsTruncated() {
    byte[] endedEarly =
        TestImages.concat(JpegBytes.frame(0xc0, 60, 40), new byte[] {-1, (byte) 0xd9});

    ImageHeader output = TestImages.header(endedEarly);

    assertThat(output.width()).isEqualTo(60);
    assertThat(output.truncated()).isTrue();
  }

  @Test
  void aTiffWhoseStripsLieBeyondItsEndIsTruncated() {
    byte[] whole = TestImages.drawn("tiff");
    int directory = ByteBuffer.wrap(whole).order(order(whole)).getInt(4);
    ByteBuffer file = ByteBuffer.wrap(whole.clone()).order(order(whole));
    for (int i = 0; i < file.getShort(directory); i++) {
      int entry = directory + 2 + 12 * i;
      if ((file.getShort(entry) & 0xffff) == 273 && file.getInt(entry + 4) == 1) {
        file.putInt(entry + 8, whole.length - 10);
      } else if ((file.getShort(entry) & 0xffff) == 273) {
        file.putInt(file.getInt(entry + 8), whole.length - 10);
      }
    }

    assertThat(TestImages.header(file.array()).truncated()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png", "gif", "bmp", "tiff"})
  void anImageThatIsOnlyItsFirstBytesIsCorrupt(String type) {
    byte[] whole = TestImages.drawn(type);
    ImageFormat format = ImageFormat.sniff(whole).orElseThrow();

    assertThatExceptionOfType(UnreadableHeaderException.class)
        .isThrownBy(() -> TestImages.header(TestImages.cut(whole, 9), format))
        .withMessage("the file ends within the header");
  }

  private static ByteOrder order(byte[] tiff) {
    return tiff[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
  }
}
