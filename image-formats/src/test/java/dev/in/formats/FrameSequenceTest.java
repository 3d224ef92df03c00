package dev.in.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.formats.bytes.ImageBytes;
import dev.in.formats.testing.PngBytes;
import dev.in.formats.testing.TestImages;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameSequenceTest {

  @ParameterizedTest
  @ValueSource(strings = {"gif", "png", "jpg", "tiff", "bmp"})
  void aSingleImageIsNoSequence(String type) {
    assertThat(read(TestImages.drawn(type))).isEqualTo(new FrameSequence(1, OptionalLong.empty()));
  }

  @Test
  void theFramesOfAGifAreCountedWithTheirDelays() throws IOException {
    assertThat(read(sequence("gif", 10, 25, 0)))
        .isEqualTo(new FrameSequence(3, OptionalLong.of(350)));
  }

  @Test
  void ofAGifThatBreaksOffTheFramesBeforeCount() throws IOException {
    byte[] gif = sequence("gif", 10, 10, 10);

    assertThat(read(TestImages.cut(gif, gif.length - 20)).count()).isEqualTo(2);
  }

  @Test
  void thePagesOfATiffAreCounted() throws IOException {
    assertThat(read(sequence("tiff", 0, 0, 0, 0)))
        .isEqualTo(new FrameSequence(4, OptionalLong.empty()));
  }

  @Test
  void theFramesOfAPngAreCountedWithTheirDelays() {
    byte[] png =
        TestImages.inserted(
            TestImages.drawn("png"),
            33,
            TestImages.concat(
                PngBytes.chunk("acTL", new byte[8]),
                control(1, 4),
                control(3, 0),
                control(2, 1_000)));

    assertThat(read(png)).isEqualTo(new FrameSequence(3, OptionalLong.of(250 + 30 + 2)));
  }

  @Test
  void aPngThatIsNotAnnouncedAsAnimatedIsASingleImage() {
    byte[] png =
        TestImages.inserted(
            TestImages.drawn("png"), 33, TestImages.concat(control(1, 4), control(1, 4)));

    assertThat(read(png).count()).isEqualTo(1);
  }

  @Test
  void theFramesOfAWebpAreCountedWithTheirDurations() {
    ByteBuffer webp = ByteBuffer.allocate(30 + 2 * 24).order(ByteOrder.LITTLE_ENDIAN);
    webp.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(webp.capacity() - 8);
    webp.put("WEBPVP8X".getBytes(StandardCharsets.US_ASCII)).putInt(10).put(new byte[10]);
    for (int millis : new int[] {40, 70_000}) {
      webp.put("ANMF".getBytes(StandardCharsets.US_ASCII)).putInt(16).put(new byte[12]);
      webp.putInt(millis | 3 << 24); // the last byte has flags
    }

    assertThat(read(webp.array())).isEqualTo(new FrameSequence(2, OptionalLong.of(70_040)));
  }

  private static FrameSequence read(byte[] file) {
    return FrameSequence.read(ImageBytes.of(file), ImageFormat.sniff(file).orElseThrow());
  }

  private static byte[] control(int numerator, int denominator) {
    return PngBytes.chunk(
        "fcTL",
        ByteBuffer.allocate(26)
            .position(20)
            .putShort((short) numerator)
            .putShort((short) denominator)
            .array());
  }

  /** Of as many small images as there are delays, in hundredths of a second. */
  private static byte[] sequence(String type, int... delays) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName(type).next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (var stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.prepareWriteSequence(null);
      for (int delay : delays) {
        BufferedImage image = new BufferedImage(20, 10, BufferedImage.TYPE_BYTE_INDEXED);
        writer.writeToSequence(
            new IIOImage(image, null, type.equals("gif") ? delayed(writer, image, delay) : null),
            null);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  private static IIOMetadata delayed(ImageWriter writer, BufferedImage image, int delay)
      throws IOException {
    IIOMetadata metadata =
        writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), null);
    String format = metadata.getNativeMetadataFormatName();
    IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(format);
    IIOMetadataNode control = new IIOMetadataNode("GraphicControlExtension");
    control.setAttribute("disposalMethod", "none");
    control.setAttribute("userInputFlag", "FALSE");
    control.setAttribute("transparentColorFlag", "FALSE");
    control.setAttribute("transparentColorIndex", "0");
    control.setAttribute("delayTime", Integer.toString(delay));
    root.appendChild(control);
    metadata.setFromTree(format, root);
    return metadata;
  }
}
