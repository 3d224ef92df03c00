package dev.in.analysis.image;

import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageWriterSpi;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Images as files in memory, written by ImageIO or put together byte by byte. */
public final class Encoded {
  private Encoded() {}

  public static byte[] png(BufferedImage image) {
    return written(writer("png"), image, ImageWriteParam.MODE_COPY_FROM_METADATA);
  }

  public static byte[] jpeg(BufferedImage image) {
    return written(writer("jpeg"), image, ImageWriteParam.MODE_COPY_FROM_METADATA);
  }

  static byte[] progressiveJpeg(BufferedImage image) {
    return written(writer("jpeg"), image, ImageWriteParam.MODE_DEFAULT);
  }

  static byte[] interlacedPng(BufferedImage image) {
    return written(writer("png"), image, ImageWriteParam.MODE_DEFAULT);
  }

  static byte[] gif(BufferedImage image) {
    return written(writer("gif"), image, ImageWriteParam.MODE_COPY_FROM_METADATA);
  }

  static byte[] bmp(BufferedImage image) {
    return written(writer("bmp"), image, ImageWriteParam.MODE_COPY_FROM_METADATA);
  }

  static byte[] tiff(BufferedImage image) {
    ImageWriter writer = new TIFFImageWriterSpi().createWriterInstance(null);
    return written(writer, image, ImageWriteParam.MODE_COPY_FROM_METADATA);
  }

  /** Four components as Adobe's programs write them: 255 is no ink. */
  static byte[] cmykJpeg(Raster raster) {
    byte[] jpeg =
        written(
            writer("jpeg"),
            new IIOImage(raster, null, null),
            ImageWriteParam.MODE_COPY_FROM_METADATA);
    byte[] adobe = HexFormat.of().parseHex("ffee000e41646f626500640000000000");
    return ByteBuffer.allocate(jpeg.length + adobe.length)
        .put(jpeg, 0, 2)
        .put(adobe)
        .put(jpeg, 2, jpeg.length - 2)
        .array();
  }

  /** Returns a file of the test resources. */
  static byte[] fixture(String name) {
    try (InputStream stream = Encoded.class.getResourceAsStream("/images/" + name)) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts an EXIF segment that holds an orientation and nothing else at the head of a JPEG. */
  public static byte[] withOrientation(byte[] jpeg, int orientation) {
    byte[] tiff = orientationTiff(orientation);
    ByteBuffer result = ByteBuffer.allocate(jpeg.length + 10 + tiff.length);
    result.put(jpeg, 0, 2);
    result.putShort((short) 0xFFE1).putShort((short) (8 + tiff.length));
    result.put(new byte[] {'E', 'x', 'i', 'f', 0, 0}).put(tiff);
    result.put(jpeg, 2, jpeg.length - 2);
    return result.array();
  }

  /** Puts an eXIf chunk behind the header of a PNG. */
  static byte[] pngWithOrientation(byte[] png, int orientation) {
    byte[] chunk = pngChunk("eXIf", orientationTiff(orientation));
    int header = 33;
    return ByteBuffer.allocate(png.length + chunk.length)
        .put(png, 0, header)
        .put(chunk)
        .put(png, header, png.length - header)
        .array();
  }

  /** A PNG that announces a size and holds next to nothing. */
  static byte[] pngHeader(int width, int height) {
    byte[] header =
        ByteBuffer.allocate(13)
            .putInt(width)
            .putInt(height)
            .put(new byte[] {8, 2, 0, 0, 0})
            .array();
    byte[] chunk = pngChunk("IHDR", header);
    return ByteBuffer.allocate(8 + chunk.length)
        .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'})
        .put(chunk)
        .array();
  }

  /** The markers of a JPEG: a frame header of some kind, and scans without data. */
  static byte[] jpegMarkers(int frame, int width, int height, int scans) {
    ByteBuffer jpeg = ByteBuffer.allocate(2 + 19 + scans * 14 + 2);
    jpeg.putShort((short) 0xFFD8).putShort((short) (0xFF00 | frame)).putShort((short) 17);
    jpeg.put((byte) 8).putShort((short) height).putShort((short) width).put((byte) 3);
    jpeg.put(new byte[] {1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0});
    for (int i = 0; i < scans; i++) {
      jpeg.putShort((short) 0xFFDA).putShort((short) 12).put((byte) 3);
      jpeg.put(new byte[] {1, 0, 2, 0, 3, 0, 0, 0, 0});
    }
    return jpeg.putShort((short) 0xFFD9).array();
  }

  private static byte[] pngChunk(String type, byte[] content) {
    ByteBuffer chunk = ByteBuffer.allocate(12 + content.length).putInt(content.length);
    for (char letter : type.toCharArray()) {
      chunk.put((byte) letter);
    }
    chunk.put(content);
    CRC32 checksum = new CRC32();
    checksum.update(chunk.array(), 4, 4 + content.length);
    return chunk.putInt((int) checksum.getValue()).array();
  }

  private static byte[] orientationTiff(int orientation) {
    return ByteBuffer.allocate(26)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 'I')
        .put((byte) 'I')
        .putShort((short) 42)
        .putInt(8)
        .putShort((short) 1)
        .putShort((short) 0x0112)
        .putShort((short) 3)
        .putInt(1)
        .putInt(orientation)
        .putInt(0)
        .array();
  }

  private static ImageWriter writer(String format) {
    Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName(format);
    while (writers.hasNext()) {
      ImageWriter writer = writers.next();
      if (writer.getClass().getName().startsWith("com.sun.")) {
        return writer;
      }
    }
    throw new IllegalStateException("no writer for " + format);
  }

  private static byte[] written(ImageWriter writer, BufferedImage image, int progressive) {
    return written(writer, new IIOImage(image, null, null), progressive);
  }

  private static byte[] written(ImageWriter writer, IIOImage image, int progressive) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var output = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      if (param.canWriteProgressive()) {
        param.setProgressiveMode(
            progressive == ImageWriteParam.MODE_DEFAULT
                ? ImageWriteParam.MODE_DEFAULT
                : ImageWriteParam.MODE_DISABLED);
      }
      if (param.canWriteCompressed() && writer.getClass().getName().contains("JPEG")) {
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(0.95f);
      }
      writer.setOutput(output);
      writer.write(null, image, param);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
