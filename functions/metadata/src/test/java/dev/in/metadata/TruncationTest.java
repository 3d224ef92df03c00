package dev.in.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.in.core.failure.PermanentFailure;
import dev.in.core.image.ImageFormat;
import dev.in.core.stage.MetadataOutput;
import dev.in.events.FailureCode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that end too early: without a header they are corrupt, behind it they are truncated. */
class TruncationTest {
  static Stream<Map.Entry<String, byte[]>> pictures() {
    return Stream.of(
        Map.entry("jpg", Pictures.drawn("jpg")),
        Map.entry("progressive jpg", Pictures.progressiveJpeg(60, 40)),
        Map.entry("told.jpg", Pictures.made("told.jpg")),
        Map.entry("png", Pictures.drawn("png")),
        Map.entry("told.png", Pictures.made("told.png")),
        Map.entry("gif", Pictures.drawn("gif")),
        Map.entry("told.gif", Pictures.made("told.gif")),
        Map.entry("bmp", Pictures.drawn("bmp")),
        Map.entry("tiff", Pictures.drawn("tiff")),
        Map.entry("lossy.webp", Pictures.made("lossy.webp")),
        Map.entry("lossless.webp", Pictures.made("lossless.webp")),
        Map.entry("told.webp", Pictures.made("told.webp")),
        Map.entry("told.heic", Pictures.made("told.heic")),
        Map.entry("turned-6.avif", Pictures.made("turned-6.avif")),
        Map.entry("grid.avif", Pictures.made("grid.avif")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pictures")
  void aWholePictureIsWhole(Map.Entry<String, byte[]> picture) {
    assertThat(Pictures.extract(picture.getValue()).metadata().truncated()).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pictures")
  void everyCutIsNoticed(Map.Entry<String, byte[]> picture) {
    byte[] whole = picture.getValue();
    ImageFormat format = ImageFormat.sniff(whole).orElseThrow();
    MetadataOutput expected = Pictures.extract(whole);
    int step = Math.max(1, whole.length / 150);
    for (int length = 1; length < whole.length; length += step) {
      Optional<MetadataOutput> output = extractOrCorrupt(Pictures.cut(whole, length), format);
      int cutAt = length;
      output.ifPresent(
          found -> {
            assertThat(found.width()).isEqualTo(expected.width());
            assertThat(found.height()).isEqualTo(expected.height());
            assertThat(found.metadata().truncated()).as("cut at %d", cutAt).isTrue();
          });
    }
  }

  private static Optional<MetadataOutput> extractOrCorrupt(byte[] file, ImageFormat format) {
    try {
      return Optional.of(Pictures.extract(file, format));
    } catch (PermanentFailure failure) {
      assertThat(failure.code()).isEqualTo(FailureCode.CORRUPT_IMAGE);
      return Optional.empty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png", "gif", "bmp"})
  void aPictureThatLosesItsLastByteIsTruncated(String type) {
    byte[] whole = Pictures.drawn(type);

    assertThat(Pictures.extract(Pictures.cut(whole, whole.length - 1)).metadata().truncated())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png", "gif", "bmp", "tiff"})
  void whatFollowsAPictureIsNoneOfOurBusiness(String type) {
    byte[] longer = Pictures.concat(Pictures.drawn(type), new byte[] {-1, -1, 0, 7});

    assertThat(Pictures.extract(longer).metadata().truncated()).isFalse();
  }

  @Test
  void aSecondPictureBehindAJpegDoesNotHideThatTheFirstIsCut() {
    byte[] whole = Pictures.drawn("jpg", 200, 200);
    byte[] cut = Pictures.cut(whole, whole.length - 2);

    assertThat(Pictures.extract(cut).metadata().truncated()).isTrue();
    assertThat(Pictures.extract(Pictures.concat(whole, cut)).metadata().truncated()).isFalse();
  }

  @Test
  void aJpegThatEndsBehindItsFrameHeaderIsTruncated() {
    byte[] endedEarly =
        Pictures.concat(JpegBytes.frame(0xc0, 60, 40), new byte[] {-1, (byte) 0xd9});

    MetadataOutput output = Pictures.extract(endedEarly);

    assertThat(output.width()).isEqualTo(60);
    assertThat(output.metadata().truncated()).isTrue();
  }

  @Test
  void aTiffWhoseStripsLieBehindItsEndIsTruncated() {
    byte[] whole = Pictures.drawn("tiff");
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

    assertThat(Pictures.extract(file.array()).metadata().truncated()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png", "gif", "bmp", "tiff"})
  void aPictureThatIsOnlyItsFirstBytesIsCorrupt(String type) {
    byte[] whole = Pictures.drawn(type);
    ImageFormat format = ImageFormat.sniff(whole).orElseThrow();

    PermanentFailure failure =
        catchThrowableOfType(
            PermanentFailure.class, () -> Pictures.extract(Pictures.cut(whole, 9), format));

    assertThat(failure.code()).isEqualTo(FailureCode.CORRUPT_IMAGE);
    assertThat(failure)
        .hasMessage("The picture's header cannot be read: the file ends within the header.");
  }

  private static ByteOrder order(byte[] tiff) {
    return tiff[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
  }
}
