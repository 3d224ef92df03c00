package dev.in.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.analysis.Box;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramerTest {
  private static final int SIDE = 100;

  /** Where the mark lies in the stored pixels. */
  private static final Box MARK = new Box(30, 20, 60, 10);

  private final Framer framer = new Framer(SIDE);

  @Test
  void aSmallUprightPictureStaysAsItIs() throws IOException {
    byte[] png = picture("png", 90, 60);

    assertThat(bytes(frame(png, result("image/png", 90, 60, 1)))).isEqualTo(png);
  }

  @Test
  void aLargePictureIsScaledDown() throws IOException {
    BufferedImage shown = shown(frame(picture("png", 400, 200), result("image/png", 400, 200, 1)));

    assertThat(shown.getWidth()).isEqualTo(SIDE);
    assertThat(shown.getHeight()).isEqualTo(SIDE / 2);
  }

  @Test
  void whatBrowsersDoNotKnowBecomesJpeg() throws IOException {
    Frame frame = frame(picture("tiff", 90, 60), result("image/tiff", 90, 60, 1));

    assertThat(frame.address().orElseThrow()).startsWith("data:image/jpeg;base64,");
    assertThat(shown(frame).getWidth()).isEqualTo(90);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatWasFoundLiesOnWhatIsSeen(int orientation) throws IOException {
    byte[] jpeg = withOrientation(picture("jpeg", 200, 150), orientation);

    Frame frame = frame(jpeg, result("image/jpeg", 200, 150, orientation));

    Overlay overlay = frame.overlay().orElseThrow();
    assertThat(overlay.viewBox()).isEqualTo(orientation < 5 ? "0 0 200 150" : "0 0 150 200");
    Box box = overlay.lines().getFirst().box();
    BufferedImage shown = shown(frame);
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
  void textThatRunsDownwardsIsWrittenSo() throws IOException {
    byte[] jpeg = withOrientation(picture("jpeg", 200, 150), 6);

    Overlay overlay = frame(jpeg, result("image/jpeg", 200, 150, 6)).overlay().orElseThrow();

    assertThat(overlay.lines().getFirst().transform()).isEqualTo("translate(130 30) rotate(90)");
  }

  @Test
  void whatCannotBeDecodedIsExcused() throws IOException {
    byte[] heic = "....ftypheic........".getBytes(StandardCharsets.US_ASCII);

    Frame frame = frame(heic, result("image/heic", 90, 60, 1));

    assertThat(frame.address()).isEmpty();
    assertThat(frame.reason().orElseThrow()).startsWith("This picture cannot be shown here: ");
  }

  @Test
  void whatOnlyBrowsersKnowStaysAsItIs() throws IOException {
    byte[] avif = "....ftypavif........".getBytes(StandardCharsets.US_ASCII);

    assertThat(frame(avif, result("image/avif", 300, 200, 1)).address().orElseThrow())
        .startsWith("data:image/avif;base64,");
  }

  @Test
  void ofAFailureNoFrameIsShownWhereThereIsNoPicture() {
    Entry failed =
        Entries.failed(
            "a.jpg",
            "unsupported_type",
            "No.",
            () -> Optional.of("no picture".getBytes(StandardCharsets.US_ASCII)));

    assertThat(framer.frame(failed)).isEmpty();
  }

  private Frame frame(byte[] bytes, String result) {
    return framer.frame(Entries.completed("a", result, () -> Optional.of(bytes))).orElseThrow();
  }

  private static String result(String type, int width, int height, int orientation) {
    return """
    {"contentType":"%s","width":%d,"height":%d,"metadata":{"orientation":%d,"keywords":[]},
     "analysis":{"text":{"full":"mark","lines":[{"text":"mark","confidence":1,
       "box":{"x":%d,"y":%d,"width":%d,"height":%d}}]}}}
    """
        .formatted(
            type, width, height, orientation, MARK.x(), MARK.y(), MARK.width(), MARK.height());
  }

  private static byte[] picture(String format, int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, width, height);
    pen.setColor(Color.RED);
    pen.fillRect(MARK.x(), MARK.y(), MARK.width(), MARK.height());
    pen.dispose();
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

  private static byte[] bytes(Frame frame) {
    String address = frame.address().orElseThrow();
    return Base64.getDecoder().decode(address.substring(address.indexOf(',') + 1));
  }

  private static BufferedImage shown(Frame frame) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(bytes(frame)));
  }

  private static boolean isRed(BufferedImage image, double x, double y) {
    Color color = new Color(image.getRGB((int) Math.round(x), (int) Math.round(y)));
    return color.getRed() > 150 && color.getGreen() < 100;
  }
}
