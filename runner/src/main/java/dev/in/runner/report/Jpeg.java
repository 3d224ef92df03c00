package dev.in.runner.report;

import dev.in.analysis.image.DecodedImage;
import dev.in.analysis.image.Pixels;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes pixels as JPEG. */
final class Jpeg {
  private static final float QUALITY = 0.85f;
  private static final int GREY = 0x80_80_80;

  private Jpeg() {}

  static byte[] of(Pixels pixels) throws IOException {
    BufferedImage image =
        new BufferedImage(pixels.width(), pixels.height(), BufferedImage.TYPE_INT_RGB);
    image.getRaster().setDataElements(0, 0, pixels.width(), pixels.height(), pixels.rgb());
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam quality = writer.getDefaultWriteParam();
      quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      quality.setCompressionQuality(QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), quality);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** With grey rows in place of those that a truncated picture lacks. */
  static Pixels whole(DecodedImage decoded) {
    Pixels there = decoded.pixels();
    int height = Math.max(there.height(), (int) Math.round(decoded.height() * decoded.scale()));
    if (height == there.height()) {
      return there;
    }
    int[] rgb = Arrays.copyOf(there.rgb(), there.width() * height);
    Arrays.fill(rgb, there.rgb().length, rgb.length, GREY);
    return new Pixels(there.width(), height, rgb);
  }
}
