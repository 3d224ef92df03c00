package dev.in.metadata;

import com.drew.imaging.ImageProcessingException;
import com.drew.imaging.bmp.BmpMetadataReader;
import com.drew.imaging.gif.GifMetadataReader;
import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.imaging.png.PngMetadataReader;
import com.drew.imaging.tiff.TiffMetadataReader;
import com.drew.imaging.webp.WebpMetadataReader;
import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifReader;
import com.drew.metadata.icc.IccReader;
import dev.in.core.image.ImageFormat;
import dev.in.core.image.ImageMetadata;
import dev.in.metadata.header.HeifItems;
import dev.in.metadata.header.PictureFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.logging.Logger;

/**
 * EXIF, IPTC, XMP and ICC by the metadata-extractor library, with the reader of the very format
 * that was sniffed and no other. Tags are an extra: where the library fails, the picture has none.
 */
final class ImageTags {
  private static final Logger LOG = Logger.getLogger(ImageTags.class);

  /** EXIF of a real camera has some kilobytes, with a thumbnail some dozens. */
  private static final int MAX_BLOCK_BYTES = 4 << 20;

  private ImageTags() {}

  static ImageMetadata read(Path path, ImageFormat format, boolean truncated) throws IOException {
    try {
      return switch (format) {
        case HEIC, AVIF -> readHeif(path, truncated);
        case JPEG, PNG, GIF, WEBP, TIFF, BMP -> TagMapping.map(library(path, format), 1, truncated);
      };
    } catch (ImageProcessingException | RuntimeException e) {
      LOG.infof("the picture's tags cannot be read: %s", e.toString());
      return TagMapping.map(new Metadata(), 1, truncated);
    } catch (OutOfMemoryError e) {
      // The library allocates what a file tells it to; one absurd request fails without harm.
      LOG.warn("the picture's tags ask for too much memory");
      return TagMapping.map(new Metadata(), 1, truncated);
    }
  }

  private static Metadata library(Path path, ImageFormat format)
      throws IOException, ImageProcessingException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
      return switch (format) {
        case JPEG -> JpegMetadataReader.readMetadata(in);
        case PNG -> PngMetadataReader.readMetadata(in);
        case GIF -> GifMetadataReader.readMetadata(in);
        case WEBP -> WebpMetadataReader.readMetadata(in);
        case BMP -> BmpMetadataReader.readMetadata(in);
        case TIFF -> TiffMetadataReader.readMetadata(path.toFile());
        case HEIC, AVIF -> throw new IllegalArgumentException(format + " is read by readHeif");
      };
    }
  }

  private static ImageMetadata readHeif(Path path, boolean truncated) throws IOException {
    Metadata metadata = new Metadata();
    try (PictureFile file = PictureFile.open(path)) {
      HeifItems items = HeifItems.read(file);
      items.itemOfType("Exif", MAX_BLOCK_BYTES).ifPresent(exif -> readExif(exif, metadata));
      items
          .colorProfile(MAX_BLOCK_BYTES)
          .ifPresent(icc -> new IccReader().extract(new ByteArrayReader(icc), metadata));
      return TagMapping.map(metadata, items.orientation(), truncated);
    }
  }

  /** The item begins with the number of bytes before the TIFF header. */
  private static void readExif(byte[] item, Metadata metadata) {
    if (item.length > 8) {
      long start = 4 + Integer.toUnsignedLong(ByteBuffer.wrap(item).getInt());
      if (start < item.length - 8) {
        new ExifReader().extract(new ByteArrayReader(item), metadata, (int) start);
      }
    }
  }
}
