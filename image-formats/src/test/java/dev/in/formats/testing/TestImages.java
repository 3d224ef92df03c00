package dev.in.formats.testing;

import dev.in.formats.ImageFormat;
import dev.in.formats.ImageHeaders;
import dev.in.formats.bytes.ImageBytes;
import dev.in.formats.header.ImageHeader;
import dev.in.formats.header.UnreadableHeaderException;
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
import java.util.Optional;
import java.util.function.Supplier;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/** Images made by Java or by the tools of {@code images/make.sh}, and their headers. */
public final class TestImages {
  private TestImages() {}

  /** Of 60 x 40 pixels, in one of the formats that Java writes. */
  public static byte[] drawn(String type) {
    return drawn(type, 60, 40);
  }

  public static byte[] drawn(String type, int width, int height) {
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

  public static byte[] progressiveJpeg(int width, int height) {
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
  public static byte[] made(String name) {
    try (InputStream in = TestImages.class.getResourceAsStream("/images/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** With other bytes put in at a position. */
  public static byte[] inserted(byte[] file, int at, byte[] more) {
    return concat(Arrays.copyOf(file, at), more, Arrays.copyOfRange(file, at, file.length));
  }

  public static byte[] replaced(byte[] file, int at, byte... octets) {
    byte[] changed = file.clone();
    System.arraycopy(octets, 0, changed, at, octets.length);
    return changed;
  }

  public static byte[] cut(byte[] file, int length) {
    return Arrays.copyOf(file, length);
  }

  /** What its header says, read from a file and from memory alike. */
  public static ImageHeader header(byte[] file) {
    return header(file, ImageFormat.sniff(file).orElseThrow());
  }

  /**
   * @throws UnreadableHeaderException which both ways must agree on as well
   */
  public static ImageHeader header(byte[] file, ImageFormat format) {
    Outcome fromMemory = Outcome.of(() -> ImageHeaders.read(ImageBytes.of(file), format));
    Outcome fromFile = Outcome.of(() -> fromFile(file, format));
    if (!fromMemory.equals(fromFile)) {
      throw new AssertionError("in memory " + fromMemory + ", in a file " + fromFile);
    }
    return fromFile
        .header()
        .orElseThrow(() -> new UnreadableHeaderException(fromFile.refusal().orElseThrow()));
  }

  private record Outcome(Optional<ImageHeader> header, Optional<String> refusal) {
    static Outcome of(Supplier<ImageHeader> reading) {
      try {
        return new Outcome(Optional.of(reading.get()), Optional.empty());
      } catch (UnreadableHeaderException e) {
        return new Outcome(Optional.empty(), Optional.of(e.getMessage()));
      }
    }
  }

  private static ImageHeader fromFile(byte[] file, ImageFormat format) {
    try {
      Path path = Files.createTempFile("in-image-test", null);
      try {
        Files.write(path, file);
        try (ImageBytes bytes = ImageBytes.open(path)) {
          return ImageHeaders.read(bytes, format);
        }
      } finally {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
