package dev.in.analysis.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;

/** The image that most tests decode: red and green above, blue and white below. */
final class Quarters {
  static final int WIDTH = 64;
  static final int HEIGHT = 48;
  static final int RED = 0xE02010;
  static final int GREEN = 0x20A040;
  static final int BLUE = 0x2040C0;
  static final int WHITE = 0xFFFFFF;

  private Quarters() {}

  static BufferedImage image(int type) {
    return image(WIDTH, HEIGHT, type);
  }

  static BufferedImage image(int width, int height, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    Graphics2D graphics = image.createGraphics();
    int x = width / 2;
    int y = height / 2;
    fill(graphics, RED, 0, 0, x, y);
    fill(graphics, GREEN, x, 0, width - x, y);
    fill(graphics, BLUE, 0, y, x, height - y);
    fill(graphics, WHITE, x, y, width - x, height - y);
    graphics.dispose();
    return image;
  }

  private static void fill(Graphics2D graphics, int rgb, int x, int y, int width, int height) {
    graphics.setColor(new Color(rgb));
    graphics.fillRect(x, y, width, height);
  }

  /** Asserts the middles of the four quarters, in reading order, to within a tolerance. */
  static void assertShows(Pixels pixels, List<Integer> expected, int tolerance) {
    int[] xs = {pixels.width() / 4, pixels.width() * 3 / 4};
    int[] ys = {pixels.height() / 4, pixels.height() * 3 / 4};
    for (int i = 0; i < 4; i++) {
      int actual = pixels.atClamped(xs[i % 2], ys[i / 2]);
      for (int shift = 0; shift <= 16; shift += 8) {
        assertThat(actual >> shift & 0xFF)
            .as("quarter %d is %06x and should be %06x", i, actual, expected.get(i))
            .isCloseTo(
                expected.get(i) >> shift & 0xFF, org.assertj.core.data.Offset.offset(tolerance));
      }
    }
  }

  static void assertShows(Pixels pixels, int tolerance) {
    assertShows(pixels, List.of(RED, GREEN, BLUE, WHITE), tolerance);
  }
}
