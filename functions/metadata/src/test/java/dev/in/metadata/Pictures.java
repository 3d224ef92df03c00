package dev.in.metadata;

import dev.in.core.image.ImageFormat;
import dev.in.core.stage.MetadataOutput;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/** Pictures made by Java or by the tools of {@code pictures/make.sh}, and the way into iN. */
final class Pictures {
  private Pictures() {}

  /** Of 60 x 40 pixels, in one of the formats that Java writes. */
  static byte[] drawn(String type) {
    return drawn(type, 60, 40);
  }

  static byte[] drawn(String type, int width, int height) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image(width, height), type, out)) {
        throw new IllegalArgumentException("Java writes no " + type);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static byte[] progressiveJpeg(int width, int height) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (var stream = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(stream);
      ImageWriteParam settings = writer.getDefaultWriteParam();
      settings.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      writer.write(null, new IIOImage(image(width, height), null, null), settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  private static BufferedImage image(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setPaint(new GradientPaint(0, 0, Color.ORANGE, width, height, Color.BLUE));
    pen.fillRect(0, 0, width, height);
    pen.dispose();
    return image;
  }

  /** One of the files that {@code make.sh} has made. */
  static byte[] made(String name) {
    try (InputStream in = Pictures.class.getResourceAsStream("/pictures/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** With other bytes put in at a position. */
  static byte[] inserted(byte[] file, int at, byte[] more) {
    return concat(Arrays.copyOf(file, at), more, Arrays.copyOfRange(file, at, file.length));
  }

  static byte[] replaced(byte[] file, int at, byte... octets) {
    byte[] changed = file.clone();
    System.arraycopy(octets, 0, changed, at, octets.length);
    return changed;
  }

  static byte[] cut(byte[] file, int length) {
    return Arrays.copyOf(file, length);
  }

  /** The way that the stage goes with a stored picture. */
  static MetadataOutput extract(byte[] file) {
    return extract(file, ImageFormat.sniff(file).orElseThrow());
  }

  static MetadataOutput extract(byte[] file, ImageFormat format) {
    try {
      Path path = Files.createTempFile("in-metadata-test", null);
      try {
        Files.write(path, file);
        return MetadataExtractor.extract(path, format);
      } finally {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
