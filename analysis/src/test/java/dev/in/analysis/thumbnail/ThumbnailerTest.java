package dev.in.analysis.thumbnail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.in.analysis.Box;
import dev.in.analysis.image.DecodeException;
import dev.in.formats.header.Orientation;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThumbnailerTest {
  private static final int SIDE = 100;
  private static final int MAX_BYTES = 50_000;

  /** Where the mark lies in the stored pixels. */
  private static final Box MARK = new Box(30, 20, 60, 10);

  private final Thumbnailer thumbnailer = new Thumbnailer(SIDE, MAX_BYTES);

  @Test
  void aSmallUprightImageStaysAsItIs() throws Exception {
    byte[] png = image("png", 90, 60);

    Thumbnail thumbnail = thumbnailer.make(png);

    assertThat(thumbnail.bytes()).isEqualTo(png);
    assertThat(thumbnail.contentType()).isEqualTo("image/png");
    assertThat(thumbnail.orientation()).contains(1);
  }

  @Test
  void aLargeImageIsScaledDown() throws Exception {
    Thumbnail thumbnail = thumbnailer.make(image("png", 400, 200));

    assertThat(thumbnail.contentType()).isEqualTo("image/jpeg");
    assertThat(pixels(thumbnail).getWidth()).isEqualTo(SIDE);
    assertThat(pixels(thumbnail).getHeight()).isEqualTo(SIDE / 2);
  }

  @Test
  void aFileOfManyBytesIsWrittenAnew() throws Exception {
    BufferedImage noise = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(1);
    for (int i = 0; i < SIDE * SIDE; i++) {
      noise.setRGB(i % SIDE, i / SIDE, random.nextInt(0x1_000_000));
    }
    byte[] png = encoded("png", noise);

    assertThat(new Thumbnailer(SIDE, png.length).make(png).contentType()).isEqualTo("image/png");
    assertThat(new Thumbnailer(SIDE, png.length - 1).make(png).contentType())
        .isEqualTo("image/jpeg");
  }

  @Test
  void aLargeGifStaysAsItIsSinceItMayBeAnimated() throws Exception {
    byte[] gif = image("gif", 400, 200);

    assertThat(thumbnailer.make(gif).bytes()).isEqualTo(gif);
    assertThat(thumbnailer.make(gif).contentType()).isEqualTo("image/gif");
  }

  @Test
  void whatBrowsersDoNotKnowBecomesJpeg() throws Exception {
    Thumbnail thumbnail = thumbnailer.make(image("tiff", 90, 60));

    assertThat(thumbnail.contentType()).isEqualTo("image/jpeg");
    assertThat(pixels(thumbnail).getWidth()).isEqualTo(90);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void theImageIsTurnedUprightByTheOrientationThatIsNamed(int orientation) throws Exception {
    Thumbnail thumbnail = thumbnailer.make(withOrientation(image("jpeg", 200, 150), orientation));

    assertThat(thumbnail.orientation()).contains(orientation);
    Box box = MARK.toUpright(Orientation.ofExif(orientation), 200, 150);
    BufferedImage shown = pixels(thumbnail);
    double scale = Math.max(shown.getWidth(), shown.getHeight()) / 200.0;
    assertThat(isRed(shown, scale * (box.x() + 4), scale * (box.y() + 4))).isTrue();
    assertThat(
            isRed(shown, scale * (box.x() + box.width() - 4), scale * (box.y() + box.height() - 4)))
        .isTrue();
    assertThat(isRed(shown, scale * (box.x() - 4), scale * (box.y() + box.height() / 2.0)))
        .isFalse();
    assertThat(isRed(shown, scale * (box.x() + box.width() / 2.0), scale * (box.y() - 4)))
        .isFalse();
  }

  @Test
  void theMissingRowsOfATruncatedImageAreGrey() throws Exception {
    byte[] whole = image("jpeg", 200, 150);
    byte[] half = Arrays.copyOf(whole, whole.length * 3 / 4);

    BufferedImage shown = pixels(thumbnailer.make(half));

    assertThat(shown.getHeight()).isEqualTo(75);
    Color last = new Color(shown.getRGB(50, 74));
    assertThat(last.getRed()).isBetween(0x70, 0x90);
    assertThat(last.getBlue()).isBetween(0x70, 0x90);
  }

  @Test
  void whatOnlyBrowsersDecodeStaysAsItIs() throws Exception {
    byte[] avif = "....ftypavif........".getBytes(StandardCharsets.US_ASCII);

    Thumbnail thumbnail = thumbnailer.make(avif);

    assertThat(thumbnail.bytes()).isEqualTo(avif);
    assertThat(thumbnail.contentType()).isEqualTo("image/avif");
    assertThat(thumbnail.orientation()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"....ftypheic........", "not an image"})
  void whatNobodyDecodesIsRefused(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);

    assertThatThrownBy(() -> thumbnailer.make(bytes)).isInstanceOf(DecodeException.class);
  }

  private static byte[] image(String format, int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, width, height);
    pen.setColor(Color.RED);
    pen.fillRect(MARK.x(), MARK.y(), MARK.width(), MARK.height());
    pen.dispose();
    return encoded(format, image);
  }

  private static byte[] encoded(String format, BufferedImage image) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, bytes)).isTrue();
    return bytes.toByteArray();
  }

  /** With an EXIF segment of that one tag (CIPA DC-008, 4.5 and 4.7.2) behind the first marker. */
  private static byte[] withOrientation(byte[] jpeg, int orientation) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.write(new byte[] {(byte) 0xFF, (byte) 0xE1, 0, 34});
    out.write("Exif\0\0MM\0*\0\0\0\10".getBytes(StandardCharsets.ISO_8859_1));
    out.write(new byte[] {0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte) orientation, 0, 0});
    out.write(new byte[] {0, 0, 0, 0});
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }

  private static BufferedImage pixels(Thumbnail thumbnail) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(thumbnail.bytes()));
  }

  private static boolean isRed(BufferedImage image, double x, double y) {
    Color color = new Color(image.getRGB((int) Math.round(x), (int) Math.round(y)));
    return color.getRed() > 150 && color.getGreen() < 100;
  }
}
