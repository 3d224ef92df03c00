package dev.in.analysis.color;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.in.analysis.ColorShare;
import dev.in.analysis.Rgb;
import dev.in.analysis.image.DecodeException;
import dev.in.analysis.image.Encoded;
import dev.in.analysis.image.ImageDecoder;
import dev.in.analysis.image.Pixels;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ColorEngineTest {
  private static final int RED = 0xD02818;
  private static final int GREEN = 0x2E8B40;
  private static final int BLUE = 0x1C3FAA;
  private static final int CREAM = 0xF7EFD8;

  private final ColorEngine engine = new ColorEngine();
  private final ImageDecoder decoder = new ImageDecoder();

  @Test
  void flatAreasAreToldExactlyWithTheirShares() {
    List<ColorShare> colors = engine.colors(stripes(400, 200, 0.5, RED, 0.3, BLUE, 0.2, CREAM));

    assertThat(colors).hasSize(3);
    assertShare(colors, RED, 0.5, 0);
    assertShare(colors, BLUE, 0.3, 0);
    assertShare(colors, CREAM, 0.2, 0);
  }

  @Test
  void aSmallVividAreaIsNotDrownedByALargeOne() {
    List<ColorShare> colors = engine.colors(stripes(1000, 100, 0.97, CREAM, 0.03, RED));

    assertShare(colors, CREAM, 0.97, 0);
    assertShare(colors, RED, 0.03, 0);
  }

  @Test
  void jpegNoiseDoesNotSplitAnArea() throws DecodeException {
    Pixels original = stripes(800, 600, 0.4, RED, 0.3, GREEN, 0.2, BLUE, 0.1, CREAM);

    List<ColorShare> colors = engine.colors(decoder.decode(Encoded.jpeg(image(original))).pixels());

    assertShare(colors, RED, 0.4, 0.01);
    assertShare(colors, GREEN, 0.3, 0.01);
    assertShare(colors, BLUE, 0.2, 0.01);
    assertShare(colors, CREAM, 0.1, 0.01);
  }

  @Test
  void sensorNoiseDoesNotSplitAnArea() {
    Pixels noisy = withNoise(stripes(600, 400, 0.6, GREEN, 0.4, CREAM), 12);

    List<ColorShare> colors = engine.colors(noisy);

    assertShare(colors, GREEN, 0.6, 0.05);
    assertShare(colors, CREAM, 0.4, 0.05);
  }

  @Test
  void flatAreasOfNearlyTheSameColourAreKeptApart() {
    List<ColorShare> colors = engine.colors(stripes(200, 50, 0.5, 0xFFFFFF, 0.5, 0xF0F0F0));

    assertShare(colors, 0xFFFFFF, 0.5, 0);
    assertShare(colors, 0xF0F0F0, 0.5, 0);
  }

  @Test
  void tenAreasAreTenColours() {
    int[] wheel = new int[10];
    Pixels stripes = new Pixels(1000, 10, new int[10_000]);
    for (int i = 0; i < 10; i++) {
      wheel[i] = Color.HSBtoRGB(i / 10f, 0.8f, 0.9f) & 0xFFFFFF;
    }
    for (int i = 0; i < 10_000; i++) {
      stripes.rgb()[i] = wheel[i % 1000 / 100];
    }

    List<ColorShare> colors = engine.colors(stripes);

    assertThat(colors).hasSize(10);
    for (int rgb : wheel) {
      assertShare(colors, rgb, 0.1, 0.001);
    }
  }

  @Test
  void anyImageHasAtMostTenColoursWhoseSharesAreAtMostTheWhole() {
    Random random = new Random(5);
    Pixels chaos = new Pixels(300, 300, random.ints(90_000, 0, 0x1000000).toArray());

    List<ColorShare> colors = engine.colors(chaos);

    assertThat(colors).hasSize(10);
    assertThat(colors.stream().mapToDouble(ColorShare::pixelFraction).sum())
        .isLessThanOrEqualTo(1 + 1e-9)
        .isGreaterThan(0.99);
    assertThat(colors.stream().mapToDouble(ColorShare::score).sum()).isLessThanOrEqualTo(1 + 1e-9);
  }

  @Test
  void theSameImageAlwaysHasTheSameColours() {
    Random random = new Random(6);
    Pixels chaos = new Pixels(200, 200, random.ints(40_000, 0, 0x1000000).toArray());

    assertThat(new ColorEngine(9).colors(chaos)).isEqualTo(new ColorEngine(9).colors(chaos));
  }

  @Test
  void vividColoursScoreHigherThanTheirShare() {
    List<ColorShare> colors = engine.colors(stripes(100, 100, 0.6, 0x808080, 0.4, RED));

    assertThat(colors.getFirst().rgb()).isEqualTo(Rgb.ofPacked(RED));
    assertThat(colors.getFirst().score()).isGreaterThan(0.6);
    assertThat(colors.getLast().pixelFraction()).isEqualTo(0.6);
  }

  @Test
  void onePixelIsOneColourAndNoneIsNone() {
    assertThat(engine.colors(new Pixels(1, 1, new int[] {BLUE})))
        .containsExactly(new ColorShare(Rgb.ofPacked(BLUE), 1, 1));
    assertThat(engine.colors(new Pixels(5, 0, new int[0]))).isEmpty();
  }

  @Test
  void blackAloneIsAColour() {
    assertThat(engine.colors(new Pixels(2, 2, new int[4])))
        .containsExactly(new ColorShare(new Rgb(0, 0, 0), 1, 1));
  }

  /** The colour nearest to the expected one, by hand and not by the engine's own measure. */
  private static void assertShare(
      List<ColorShare> colors, int rgb, double fraction, double tolerance) {
    Rgb expected = Rgb.ofPacked(rgb);
    ColorShare nearest =
        colors.stream()
            .min(java.util.Comparator.comparingInt(color -> distance(color.rgb(), expected)))
            .orElseThrow();
    assertThat(distance(nearest.rgb(), expected))
        .as("%s stands for %s", nearest.rgb().hex(), expected.hex())
        .isLessThanOrEqualTo(tolerance == 0 ? 0 : 24);
    assertThat(nearest.pixelFraction())
        .as("share of %s among %s", expected.hex(), colors)
        .isCloseTo(fraction, within(tolerance + 1e-9));
  }

  private static int distance(Rgb a, Rgb b) {
    return Math.abs(a.red() - b.red())
        + Math.abs(a.green() - b.green())
        + Math.abs(a.blue() - b.blue());
  }

  /** Vertical stripes, given as share and colour in turns. */
  private static Pixels stripes(int width, int height, Number... sharesAndColors) {
    int[] rgb = new int[width * height];
    double start = 0;
    for (int i = 0; i < sharesAndColors.length; i += 2) {
      double end = start + sharesAndColors[i].doubleValue() * width;
      for (int x = (int) Math.round(start); x < Math.round(end); x++) {
        for (int y = 0; y < height; y++) {
          rgb[y * width + x] = sharesAndColors[i + 1].intValue();
        }
      }
      start = end;
    }
    return new Pixels(width, height, rgb);
  }

  private static Pixels withNoise(Pixels pixels, int amplitude) {
    Random random = new Random(4);
    int[] rgb = pixels.rgb().clone();
    for (int i = 0; i < rgb.length; i++) {
      int noisy = 0;
      for (int shift = 0; shift <= 16; shift += 8) {
        int value = (rgb[i] >> shift & 0xFF) + (int) (random.nextGaussian() * amplitude / 2);
        noisy |= Math.clamp(value, 0, 255) << shift;
      }
      rgb[i] = noisy;
    }
    return new Pixels(pixels.width(), pixels.height(), rgb);
  }

  private static BufferedImage image(Pixels pixels) {
    BufferedImage image =
        new BufferedImage(pixels.width(), pixels.height(), BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, pixels.width(), pixels.height(), pixels.rgb(), 0, pixels.width());
    Graphics2D graphics = image.createGraphics();
    graphics.dispose();
    return image;
  }
}
