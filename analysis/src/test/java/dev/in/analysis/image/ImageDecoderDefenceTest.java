package dev.in.analysis.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.in.analysis.image.DecodeException.Reason;
import dev.in.formats.header.Orientation;
import dev.in.formats.header.PixelLimits;
import java.awt.image.BufferedImage;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ImageDecoderDefenceTest {
  private static final int RGB = BufferedImage.TYPE_3BYTE_BGR;

  private final ImageDecoder decoder = new ImageDecoder();

  @Test
  void whatIsNotAnImageIsUnsupported() {
    assertThat(refusal(new byte[0])).isEqualTo(Reason.UNSUPPORTED);
    assertThat(refusal("<svg/> or any text".getBytes(UTF_8))).isEqualTo(Reason.UNSUPPORTED);
    assertThat(refusal("BMW builds cars in Munich".getBytes(UTF_8))).isEqualTo(Reason.UNSUPPORTED);
    assertThat(refusal("%PDF-1.7 and so on".getBytes(UTF_8))).isEqualTo(Reason.UNSUPPORTED);
  }

  @Test
  void aSignatureWithoutAReadableHeaderIsCorrupt() {
    byte[] jpeg = Encoded.jpeg(Quarters.image(RGB));
    byte[] png = Encoded.png(Quarters.image(RGB));
    byte[] gif = Encoded.gif(Quarters.image(RGB));
    for (byte[] cut :
        List.of(Arrays.copyOf(jpeg, 20), Arrays.copyOf(png, 12), Arrays.copyOf(gif, 9))) {
      assertThat(refusal(cut)).isEqualTo(Reason.CORRUPT);
    }
    assertThat(refusal(Encoded.pngHeader(0, 10))).isEqualTo(Reason.CORRUPT);
    assertThat(refusal(Encoded.jpegMarkers(0xC0, 0, 0, 1))).isEqualTo(Reason.CORRUPT);
  }

  @Test
  void aMissingFileIsNotTheImagesFault() {
    assertThatThrownBy(() -> decoder.decode(Path.of("missing.png")))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void aCutImageGivesTheRowsThatAreThere() throws DecodeException {
    BufferedImage noisy = noisyQuarters(600, 400);
    for (byte[] file :
        List.of(Encoded.jpeg(noisy), Encoded.png(noisy), Encoded.tiff(noisy), gif(noisy))) {
      DecodedImage image = decoder.decode(Arrays.copyOf(file, file.length / 2));

      assertThat(image.truncated()).isTrue();
      assertThat(List.of(image.width(), image.height())).containsExactly(600, 400);
      assertThat(image.pixels().height()).isBetween(100, 300);
      assertThat(image.pixels().atClamped(150, 50) >> 16 & 0xFF).isGreaterThan(150);
    }
  }

  @Test
  void aCutBitmapLacksItsUpperRows() throws DecodeException {
    byte[] file = Encoded.bmp(Quarters.image(RGB));

    DecodedImage image = decoder.decode(Arrays.copyOf(file, file.length / 2));

    assertThat(image.truncated()).isTrue();
    assertThat(image.pixels().height()).isEqualTo(48);
    assertThat(image.pixels().atClamped(16, 40)).isEqualTo(Quarters.BLUE);
    assertThat(image.pixels().atClamped(16, 8)).isZero();
  }

  @Test
  void aCutProgressiveJpegIsCoarseAndWhole() throws DecodeException {
    byte[] file = Encoded.progressiveJpeg(noisyQuarters(600, 400));

    DecodedImage image = decoder.decode(Arrays.copyOf(file, file.length * 2 / 3));

    assertThat(image.truncated()).isTrue();
    assertThat(image.pixels().height()).isEqualTo(400);
    Quarters.assertShows(image.pixels(), 70);
  }

  @Test
  void anImageCutRightBehindItsHeaderIsTruncatedAndEmpty() throws DecodeException {
    byte[] png = Encoded.png(noisyQuarters(600, 400));

    DecodedImage image = decoder.decode(Arrays.copyOf(png, 41));

    assertThat(image.truncated()).isTrue();
    assertThat(image.pixels().isEmpty()).isTrue();
    assertThat(image.width()).isEqualTo(600);
  }

  @Test
  void aJpegThatLacksNothingButItsEndMarkerIsTruncated() throws DecodeException {
    byte[] file = Encoded.jpeg(Quarters.image(RGB));

    DecodedImage image = decoder.decode(Arrays.copyOf(file, file.length - 2));

    assertThat(image.truncated()).isTrue();
    Quarters.assertShows(image.pixels(), 4);
  }

  @Test
  void aCutWebpGivesTheRowsThatAreThere() throws DecodeException {
    byte[] file = Encoded.fixture("lossy.webp");

    DecodedImage image = decoder.decode(Arrays.copyOf(file, file.length * 3 / 4));

    assertThat(image.truncated()).isTrue();
    assertThat(image.height()).isEqualTo(48);
    assertThat(image.pixels().height()).isLessThanOrEqualTo(48);
  }

  @Test
  void aCutHeicHasNoPixelsAndStillItsSize() throws DecodeException {
    assumeTrue(HeifLibrary.load().isPresent(), "libheif is not installed");
    byte[] file = Encoded.fixture("turned.avif");

    DecodedImage image = decoder.decode(Arrays.copyOf(file, file.length - 20));

    assertThat(image.truncated()).isTrue();
    assertThat(image.pixels().isEmpty()).isTrue();
    assertThat(List.of(image.width(), image.height())).containsExactly(64, 48);
    assertThat(image.orientation()).isEqualTo(Orientation.QUARTER_COUNTERCLOCKWISE);
  }

  @Test
  void aBoxOfACutImageLiesInTheRowsThatAreThere() throws DecodeException {
    byte[] file = Encoded.withOrientation(Encoded.jpeg(noisyQuarters(600, 400)), 3);

    DecodedImage image = decoder.decode(Arrays.copyOf(file, file.length / 2));

    // Upside down, the first stored row is the last of those shown.
    int rows = image.upright().height();
    assertThat(image.toStored(590, rows - 10, 600, rows))
        .isEqualTo(new dev.in.analysis.Box(0, 0, 10, 10));
  }

  @Test
  void moreThanAHundredMegapixelsAreRefusedBeforeAPixelIsDecoded() {
    assertThat(refusal(Encoded.pngHeader(10_001, 10_000))).isEqualTo(Reason.TOO_MANY_PIXELS);
    assertThat(refusal(Encoded.pngHeader(Integer.MAX_VALUE, Integer.MAX_VALUE)))
        .isEqualTo(Reason.TOO_MANY_PIXELS);
    assertThat(refusal(Encoded.jpegMarkers(0xC0, 65_535, 65_535, 1)))
        .isEqualTo(Reason.TOO_MANY_PIXELS);
    byte[] gif = Encoded.gif(Quarters.image(RGB));
    Arrays.fill(gif, 6, 10, (byte) 0xFF);
    assertThat(refusal(gif)).isEqualTo(Reason.TOO_MANY_PIXELS);
  }

  @Test
  void aHundredMegapixelsAreDecodedInALittleMemory() throws DecodeException {
    // The tests run with a heap of 320 MB, and this file is as small as a bomb.
    BufferedImage black = new BufferedImage(10_000, 10_000, BufferedImage.TYPE_BYTE_BINARY);
    byte[] png = Encoded.png(black);
    assertThat(png.length).isLessThan(200_000);

    for (byte[] file : List.of(png, Encoded.bmp(black))) {
      DecodedImage image = decoder.decode(file);

      assertThat(List.of(image.width(), image.height())).containsExactly(10_000, 10_000);
      assertThat(image.pixels().rgb()).containsOnly(0);
    }
  }

  @Test
  void aProgressiveJpegMayHaveHalfAsManyPixels() throws DecodeException {
    assertThat(refusal(Encoded.jpegMarkers(0xC2, 8_000, 7_000, 1)))
        .isEqualTo(Reason.TOO_MANY_PIXELS);

    var limited =
        new ImageDecoder(new DecodeLimits(new PixelLimits(5_000, 2_500), 1_000_000, 5_000, 100));
    BufferedImage large = Quarters.image(RGB);
    BufferedImage small = Quarters.image(50, 50, RGB);

    assertThat(limited.decode(Encoded.jpeg(large)).width()).isEqualTo(64);
    assertThat(limited.decode(Encoded.progressiveJpeg(small)).width()).isEqualTo(50);
    assertThatThrownBy(() -> limited.decode(Encoded.progressiveJpeg(large)))
        .isInstanceOf(DecodeException.class)
        .hasMessageContaining("progressive");
  }

  @Test
  void aProgressiveJpegMayNotScanItsPixelsForEver() {
    assertThat(refusal(Encoded.jpegMarkers(0xC2, 7_000, 7_000, 1_000)))
        .isEqualTo(Reason.TOO_MANY_PIXELS);
  }

  @Test
  void aWebpThatOnlyTheHeapCouldTakeIsRefusedBeforeItIsFilled() {
    // 16,000 x 6,000 pixels, and no image after the header.
    byte[] file =
        HexFormat.of()
            .parseHex(
                "52494646"
                    + "16000000"
                    + "57454250"
                    + "56503858"
                    + "0a000000"
                    + "00000000"
                    + "7f3e00"
                    + "6f1700");

    assertThat(refusal(file)).isEqualTo(Reason.TOO_MANY_PIXELS);
  }

  @Test
  void damagedFilesOfAnyKindNeverThrowAnythingElse() {
    Random random = new Random(7);
    for (byte[] file :
        List.of(
            Encoded.jpeg(noisyQuarters(64, 48)),
            Encoded.progressiveJpeg(noisyQuarters(64, 48)),
            Encoded.png(noisyQuarters(64, 48)),
            gif(noisyQuarters(64, 48)),
            Encoded.bmp(noisyQuarters(64, 48)),
            Encoded.tiff(noisyQuarters(64, 48)),
            Encoded.fixture("lossy.webp"),
            Encoded.fixture("lossless.webp"),
            Encoded.fixture("turned.webp"),
            Encoded.fixture("quarters.heic"),
            Encoded.fixture("turned-mirrored.avif"))) {
      for (int round = 0; round < 150; round++) {
        byte[] damaged = Arrays.copyOf(file, file.length - random.nextInt(file.length / 2));
        int flips = 1 + random.nextInt(12);
        for (int i = 0; i < flips; i++) {
          damaged[4 + random.nextInt(damaged.length - 4)] = (byte) random.nextInt();
        }
        decodeOrRefuse(damaged);
      }
    }
  }

  private void decodeOrRefuse(byte[] file) {
    try {
      DecodedImage image = decoder.decode(file);
      assertThat(image.pixels()).isNotNull();
      image.upright();
    } catch (DecodeException expected) {
      assertThat(expected.reason()).isNotNull();
    }
  }

  private Reason refusal(byte[] file) {
    return catchThrowableOfType(DecodeException.class, () -> decoder.decode(file)).reason();
  }

  private static byte[] gif(BufferedImage image) {
    return Encoded.gif(image);
  }

  /** Noise makes the files long, so that a cut takes rows and not only the last few bytes. */
  private static BufferedImage noisyQuarters(int width, int height) {
    BufferedImage image = Quarters.image(width, height, RGB);
    Random random = new Random(3);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int rgb = image.getRGB(x, y);
        int dim = random.nextInt(48);
        int red = Math.max(0, (rgb >> 16 & 0xFF) - dim);
        int green = Math.max(0, (rgb >> 8 & 0xFF) - dim);
        int blue = Math.max(0, (rgb & 0xFF) - dim);
        image.setRGB(x, y, red << 16 | green << 8 | blue);
      }
    }
    return image;
  }
}
