package dev.in.analysis.thumbnail;

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
final class JpegWriter {
  private static final float QUALITY = 0.85f;
  private static final int GREY = 0x80_80_80;

  private JpegWriter() {}

  static byte[] write(Pixels pixels) throws IOException {
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

  /** The pixels, with grey rows in place of those that a truncated image lacks. */
  static Pixels complete(DecodedImage decoded) {
    Pixels decodedRows = decoded.pixels();
    int height =
        Math.max(decodedRows.height(), (int) Math.round(decoded.height() * decoded.scale()));
    if (height == decodedRows.height()) {
      return decodedRows;
    }
    int[] rgb = Arrays.copyOf(decodedRows.rgb(), decodedRows.width() * height);
    Arrays.fill(rgb, decodedRows.rgb().length, rgb.length, GREY);
    return new Pixels(decodedRows.width(), height, rgb);
  }
}
