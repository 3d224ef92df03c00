package dev.in.analysis.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.in.formats.ImageFormat;
import dev.in.formats.ImageHeaders;
import dev.in.formats.bytes.ImageBytes;
import dev.in.formats.header.ImageHeader;
import dev.in.formats.header.Orientation;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderFormatsTest {
  private static final int RGB = BufferedImage.TYPE_3BYTE_BGR;

  private final ImageDecoder decoder = new ImageDecoder();

  @Test
  void losslessFormatsGiveTheVeryColours() throws DecodeException {
    assertQuarters(Encoded.png(Quarters.image(RGB)), 0);
    assertQuarters(Encoded.interlacedPng(Quarters.image(RGB)), 0);
    assertQuarters(Encoded.bmp(Quarters.image(RGB)), 0);
    assertQuarters(Encoded.gif(Quarters.image(RGB)), 0);
    assertQuarters(Encoded.tiff(Quarters.image(RGB)), 0);
    assertQuarters(Encoded.fixture("lossless.webp"), 0);
  }

  @Test
  void lossyFormatsGiveNearlyTheColours() throws DecodeException {
    assertQuarters(Encoded.jpeg(Quarters.image(RGB)), 4);
    assertQuarters(Encoded.progressiveJpeg(Quarters.image(RGB)), 4);
    assertQuarters(Encoded.fixture("lossy.webp"), 6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lossless.webp", "lossy.webp", "turned.webp"})
  void webpIsDecodedAlikeWithLibwebpAndWithoutIt(String name) throws Exception {
    assumeTrue(WebpLibrary.load().isPresent(), "libwebp is not installed");
    Codec without = new WebpCodec(new StandardReaders(), Optional::empty);

    byte[] file = Encoded.fixture(name);
    DecodedImage slow =
        without.decode(ByteBuffer.wrap(file), header(file, ImageFormat.WEBP), DecodeLimits.DEFAULT);
    DecodedImage fast = decoder.decode(file);

    Quarters.assertShows(slow.pixels(), 6);
    Quarters.assertShows(fast.pixels(), 6);
    assertThat(fast.orientation()).isEqualTo(slow.orientation());
    assertThat(fast.truncated()).isFalse();
    assertThat(slow.truncated()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"quarters.heic", "quarters.avif"})
  void heicAndAvifAreDecodedWhereLibheifIs(String name) throws DecodeException {
    assumeLibheif();

    assertQuarters(Encoded.fixture(name), 2);
  }

  @Test
  void withoutLibheifHeicIsRefusedAndSaysWhy() {
    Codec codec = new HeifCodec(Optional::empty);
    byte[] file = Encoded.fixture("quarters.heic");
    ImageHeader header = header(file, ImageFormat.HEIC);

    DecodeException refused =
        org.assertj.core.api.Assertions.catchThrowableOfType(
            DecodeException.class,
            () -> codec.decode(ByteBuffer.wrap(file), header, DecodeLimits.DEFAULT));

    assertThat(refused.reason()).isEqualTo(DecodeException.Reason.UNSUPPORTED);
    assertThat(refused).hasMessageContaining("libheif");
  }

  /** What libheif's own heif-convert makes of these files is the reference. */
  @ParameterizedTest
  @CsvSource({
    "turned.avif, 8, GREEN WHITE RED BLUE",
    "mirrored.avif, 2, GREEN RED WHITE BLUE",
    "turned-mirrored.avif, 7, WHITE GREEN BLUE RED"
  })
  void aHeifImageIsDecodedAsStoredAndTurnedByItsOwnProperties(String name, int exif, String upright)
      throws DecodeException {
    assumeLibheif();

    DecodedImage image = decoder.decode(Encoded.fixture(name));

    assertThat(image.orientation().exif()).isEqualTo(exif);
    assertThat(List.of(image.width(), image.height())).containsExactly(64, 48);
    Quarters.assertShows(image.pixels(), 2);
    Quarters.assertShows(image.upright(), colors(upright), 2);
  }

  @Test
  void theOrientationIsFoundWhereEachFormatKeepsIt() throws DecodeException {
    byte[] jpeg = Encoded.withOrientation(Encoded.jpeg(Quarters.image(RGB)), 6);
    byte[] png = Encoded.pngWithOrientation(Encoded.png(Quarters.image(RGB)), 6);

    for (byte[] file : List.of(jpeg, png, Encoded.fixture("turned.webp"))) {
      DecodedImage image = decoder.decode(file);

      assertThat(image.orientation()).isEqualTo(Orientation.QUARTER_CLOCKWISE);
      assertThat(List.of(image.width(), image.height())).containsExactly(64, 48);
      Quarters.assertShows(image.upright(), colors("BLUE RED WHITE GREEN"), 4);
    }
  }

  @Test
  void greyStaysAsItIsStored() throws DecodeException {
    BufferedImage grey = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 64; i++) {
      grey.getRaster().setSample(i % 8, i / 8, 0, 100);
    }

    assertThat(decoder.decode(Encoded.png(grey)).pixels().rgb()).containsOnly(0x646464);
    assertThat(decoder.decode(Encoded.jpeg(grey)).pixels().rgb()).containsOnly(0x646464);
    assertThat(decoder.decode(Encoded.tiff(grey)).pixels().rgb()).containsOnly(0x646464);
  }

  @Test
  void sixteenBitsAreRoundedToEight() throws DecodeException {
    BufferedImage deep = new BufferedImage(4, 4, BufferedImage.TYPE_USHORT_GRAY);
    for (int i = 0; i < 16; i++) {
      deep.getRaster().setSample(i % 4, i / 4, 0, 0xC8C8);
    }

    assertThat(decoder.decode(Encoded.png(deep)).pixels().rgb()).containsOnly(0xC8C8C8);
  }

  @Test
  void transparentPixelsLieOnWhite() throws DecodeException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x00FF0000);
    image.setRGB(1, 0, 0x80FF0000);

    int[] rgb = decoder.decode(Encoded.png(image)).pixels().rgb();

    assertThat(rgb).containsExactly(0xFFFFFF, 0xFF7F7F);
  }

  @Test
  void cmykIsPrintedInk() throws DecodeException {
    WritableRaster cmyk = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 32, 32, 4, null);
    for (int i = 0; i < 32 * 32; i++) {
      cmyk.setPixel(i % 32, i / 32, new int[] {255, 0, 0, 255});
    }

    int rgb = decoder.decode(Encoded.cmykJpeg(cmyk)).pixels().atClamped(16, 16);

    assertThat(rgb >> 16 & 0xFF).isGreaterThan(190);
    assertThat(rgb >> 8 & 0xFF).isLessThan(80);
    assertThat(rgb & 0xFF).isLessThan(80);
  }

  @Test
  void aForeignColourSpaceIsConverted() throws DecodeException {
    ColorSpace linear = ColorSpace.getInstance(ColorSpace.CS_LINEAR_RGB);
    var model =
        new ComponentColorModel(linear, false, false, Transparency.OPAQUE, DataBuffer.TYPE_BYTE);
    WritableRaster raster = model.createCompatibleWritableRaster(16, 16);
    for (int i = 0; i < 256; i++) {
      raster.setPixel(i % 16, i / 16, new int[] {55, 55, 55});
    }
    BufferedImage image = new BufferedImage(model, raster, false, null);

    int rgb = decoder.decode(Encoded.tiff(image)).pixels().atClamped(8, 8);

    // 55 of 255 in light is 128 of 255 in sRGB.
    assertThat(rgb & 0xFF).isBetween(125, 131);
  }

  @Test
  void aFrameThatCoversAPartOfTheGifLiesWhereItBelongs() throws DecodeException {
    byte[] gif = Encoded.gif(Quarters.image(RGB));
    int frame = frameOffset(gif);
    // The screen becomes 100 x 80, the frame starts at 30, 20.
    gif[6] = 100;
    gif[8] = 80;
    gif[frame + 1] = 30;
    gif[frame + 3] = 20;

    DecodedImage image = decoder.decode(gif);

    assertThat(List.of(image.width(), image.height())).containsExactly(100, 80);
    assertThat(image.pixels().atClamped(29, 19)).isEqualTo(0xFFFFFF);
    assertThat(image.pixels().atClamped(30, 20)).isEqualTo(Quarters.RED);
    assertThat(image.pixels().atClamped(93, 20)).isEqualTo(Quarters.GREEN);
    assertThat(image.pixels().atClamped(30, 67)).isEqualTo(Quarters.BLUE);
    assertThat(image.pixels().atClamped(30, 68)).isEqualTo(0xFFFFFF);
  }

  @Test
  void aFileIsDecodedLikeItsBytes(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("any.name"), Encoded.png(Quarters.image(RGB)));

    Quarters.assertShows(decoder.decode(file).pixels(), 0);
    assertThat(decoder.decode(file)).isNotNull();
  }

  @Test
  void aLargeImageIsAveragedDownAndReportedInItsOwnPixels() throws DecodeException {
    BufferedImage stripes = new BufferedImage(6000, 1500, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = stripes.createGraphics();
    graphics.setColor(Color.WHITE);
    for (int x = 0; x < 6000; x += 2) {
      graphics.fillRect(x, 0, 1, 1500);
    }
    graphics.dispose();

    DecodedImage image = decoder.decode(Encoded.png(stripes));

    assertThat(List.of(image.width(), image.height())).containsExactly(6000, 1500);
    assertThat(List.of(image.pixels().width(), image.pixels().height())).containsExactly(2560, 640);
    assertThat(image.pixels().atClamped(1000, 300) & 0xFF).isBetween(90, 165);
    assertThat(image.toStored(0, 0, 2560, 640))
        .isEqualTo(new dev.in.analysis.Box(0, 0, 6000, 1500));
  }

  private static ImageHeader header(byte[] file, ImageFormat format) {
    return ImageHeaders.read(ImageBytes.of(file), format);
  }

  private void assertQuarters(byte[] file, int tolerance) throws DecodeException {
    DecodedImage image = decoder.decode(file);
    assertThat(List.of(image.width(), image.height())).containsExactly(64, 48);
    assertThat(image.truncated()).isFalse();
    Quarters.assertShows(image.pixels(), tolerance);
  }

  private static int frameOffset(byte[] gif) {
    int at = 13 + (3 << (gif[10] & 7) + 1);
    while (gif[at] == 0x21) {
      at += 2;
      while (gif[at] != 0) {
        at += 1 + (gif[at] & 0xFF);
      }
      at++;
    }
    return at;
  }

  private static List<Integer> colors(String names) {
    return List.of(names.split(" ")).stream()
        .map(
            name ->
                switch (name) {
                  case "RED" -> Quarters.RED;
                  case "GREEN" -> Quarters.GREEN;
                  case "BLUE" -> Quarters.BLUE;
                  default -> Quarters.WHITE;
                })
        .toList();
  }

  private static void assumeLibheif() {
    assumeTrue(HeifLibrary.load().isPresent(), "libheif is not installed");
  }
}
