package dev.in.analysis.text;

import dev.in.analysis.Box;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;

/** Draws text with the font of the test resources, so that it looks alike on every machine. */
public final class RenderedText {
  private static final Font FONT = load();

  private final BufferedImage image;
  private final Graphics2D graphics;

  public RenderedText(int width, int height, Color background) {
    image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    graphics = image.createGraphics();
    graphics.setColor(background);
    graphics.fillRect(0, 0, width, height);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
  }

  /** An image just large enough for the lines, with a margin of one size. */
  static RenderedText page(int size, Color background, Color ink, String... lines) {
    int width = 0;
    for (String line : lines) {
      width = Math.max(width, width(line, size));
    }
    RenderedText page =
        new RenderedText(
            width + 2 * size, (int) (lines.length * size * 1.4) + 2 * size, background);
    for (int i = 0; i < lines.length; i++) {
      page.line(lines[i], size, size, (int) (2 * size + i * size * 1.4), ink);
    }
    return page;
  }

  static int width(String line, int size) {
    Rectangle2D bounds =
        FONT.deriveFont((float) size)
            .getStringBounds(line, new java.awt.font.FontRenderContext(null, true, true));
    return (int) Math.ceil(bounds.getWidth());
  }

  /**
   * Draws a line and returns the box of its ink.
   *
   * @param size of the font in pixels
   * @param x where it begins
   * @param y of its baseline
   */
  public Box line(String text, int size, int x, int y, Color ink) {
    var glyphs =
        FONT.deriveFont((float) size).createGlyphVector(graphics.getFontRenderContext(), text);
    graphics.setColor(ink);
    graphics.drawGlyphVector(glyphs, x, y);
    Rectangle2D bounds = glyphs.getVisualBounds();
    return new Box(
        (int) (x + bounds.getX()),
        (int) (y + bounds.getY()),
        (int) Math.ceil(bounds.getWidth()),
        (int) Math.ceil(bounds.getHeight()));
  }

  /** Draws a line turned clockwise about its beginning. */
  void turnedLine(String text, int size, int x, int y, double degrees) {
    AffineTransform before = graphics.getTransform();
    graphics.rotate(Math.toRadians(degrees), x, y);
    line(text, size, x, y, Color.BLACK);
    graphics.setTransform(before);
  }

  public BufferedImage image() {
    return image;
  }

  private static Font load() {
    try (InputStream file = RenderedText.class.getResourceAsStream("/fonts/OpenSans-Regular.ttf")) {
      return Font.createFont(Font.TRUETYPE_FONT, file);
    } catch (IOException | FontFormatException e) {
      throw new IllegalStateException("the tests' font cannot be loaded", e);
    }
  }
}
