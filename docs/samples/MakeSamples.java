import java.awt.Color;
import java.awt.Font;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * Draws the images in {@code samples/}: {@code java docs/samples/MakeSamples.java} from the top of
 * the repository. Everything in them is our own work.
 */
final class MakeSamples {
  private static final Path SAMPLES = Path.of("samples");

  public static void main(String[] args) throws IOException {
    System.setProperty("java.awt.headless", "true");
    Path failing = Files.createDirectories(SAMPLES.resolve("failing"));
    write("invoice.png", invoice());
    write("harbour.jpg", harbour());
    Path photo = SAMPLES.resolve("harbour.jpg");
    Files.write(photo, Exif.into(Files.readAllBytes(photo), camera()));
    write("flag.gif", flag());
    write("sign.bmp", sign());
    // By its extension not an image, so `samples/*` skips it: only a file that is named is submitted.
    Files.writeString(
        failing.resolve("not-an-image.txt"), "This is text, so iN answers unsupported_type.\n");
  }

  private static BufferedImage invoice() {
    return draw(
        900,
        640,
        Color.WHITE,
        g -> {
          g.setColor(new Color(0x1b4965));
          g.fillRect(0, 0, 900, 90);
          text(g, Color.WHITE, 40, 40, 60, "Lighthouse Ltd");
          text(g, Color.BLACK, 28, 40, 160, "INVOICE No. 2026-0817");
          text(g, Color.BLACK, 20, 40, 220, "Repair of the lamp, two days");
          text(g, Color.BLACK, 20, 700, 220, "640.00");
          text(g, Color.BLACK, 20, 40, 260, "Fresnel lens, third order");
          text(g, Color.BLACK, 20, 700, 260, "1,284.50");
          text(g, Color.BLACK, 28, 40, 340, "Total amount due");
          text(g, Color.BLACK, 28, 690, 340, "1,924.50");
          text(g, Color.DARK_GRAY, 16, 40, 600, "Payment within 30 days. Thank you for keeping the light.");
        });
  }

  private static BufferedImage harbour() {
    return draw(
        1200,
        800,
        Color.WHITE,
        g -> {
          g.setPaint(new GradientPaint(0, 0, new Color(0xf7b267), 0, 480, new Color(0xf25c54)));
          g.fillRect(0, 0, 1200, 480);
          g.setColor(new Color(0x1d3557));
          g.fillRect(0, 480, 1200, 320);
          g.setColor(new Color(0xfff3b0));
          g.fillOval(860, 220, 150, 150);
          g.setColor(new Color(0x14213d));
          g.fillPolygon(new int[] {250, 520, 470, 300}, new int[] {520, 520, 590, 590}, 4);
          g.fillRect(380, 330, 8, 190);
          g.fillPolygon(new int[] {392, 392, 500}, new int[] {340, 500, 500}, 3);
          text(g, Color.WHITE, 44, 60, 740, "Harbour at dusk");
        });
  }

  /** EXIF as a camera writes it; the camera is invented. */
  private static Exif.Directory camera() {
    Exif.Directory exposure =
        new Exif.Directory()
            .rationals(0x829a, 1, 125) // exposure time, s
            .rationals(0x829d, 56, 10) // f-number
            .number(0x8827, 200) // ISO
            .text(0x9003, "2026:08:17 20:41:07") // taken at
            .text(0x9011, "+02:00") // its offset
            .rationals(0x920a, 35, 1) // focal length, mm
            .text(0xa434, "Drawn 35 mm f/2");
    Exif.Directory place =
        new Exif.Directory()
            .text(0x0001, "N")
            .rationals(0x0002, 54, 1, 5, 1, 2760, 100) // 54° 5' 27.6"
            .text(0x0003, "E")
            .rationals(0x0004, 12, 1, 7, 1, 5160, 100) // 12° 7' 51.6"
            .rationals(0x0006, 3, 1); // metres above the sea
    return new Exif.Directory()
        .text(0x010f, "iN")
        .text(0x0110, "Sample Camera")
        .number(0x0112, 1) // upright
        .directory(0x8769, exposure)
        .directory(0x8825, place);
  }

  private static BufferedImage flag() {
    return draw(
        600,
        400,
        new Color(0xe9c46a),
        g -> {
          g.setColor(new Color(0x2a9d8f));
          g.fillRect(0, 0, 300, 400);
          g.setColor(new Color(0xe76f51));
          g.fillRect(300, 0, 300, 100);
        });
  }

  private static BufferedImage sign() {
    return draw(
        700,
        260,
        new Color(0x264653),
        g -> {
          text(g, Color.WHITE, 64, 60, 120, "PLATFORM 9");
          text(g, new Color(0xf4a261), 32, 60, 200, "Trains to the coast");
        });
  }

  private interface Scene {
    void draw(Graphics2D g);
  }

  private static BufferedImage draw(int width, int height, Color background, Scene scene) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setColor(background);
    g.fillRect(0, 0, width, height);
    scene.draw(g);
    g.dispose();
    return image;
  }

  private static void text(Graphics2D g, Color color, int size, int x, int y, String text) {
    g.setColor(color);
    g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, size));
    g.drawString(text, x, y);
  }

  private static void write(String name, BufferedImage image) throws IOException {
    String format = name.substring(name.lastIndexOf('.') + 1);
    if (!ImageIO.write(image, format, SAMPLES.resolve(name).toFile())) {
      throw new IOException("no writer for " + format);
    }
  }
}
