package dev.in.metadata.header;

import dev.in.core.image.ImageFormat;
import dev.in.metadata.header.PictureFile.EndOfFile;

/** Reads one format's header. */
public interface HeaderReader {

  /**
   * @throws UnreadableHeaderException if the file does not say how large the picture is
   */
  Header read(PictureFile file);

  /** The reader of that format, for files of it that may be anything but well-formed. */
  static HeaderReader of(ImageFormat format) {
    HeaderReader reader =
        switch (format) {
          case JPEG -> new JpegHeader();
          case PNG -> new PngHeader();
          case GIF -> new GifHeader();
          case WEBP -> new WebpHeader();
          case TIFF -> new TiffHeader();
          case BMP -> new BmpHeader();
          case HEIC, AVIF -> file -> HeifItems.read(file).header();
        };
    return file -> {
      try {
        return reader.read(file);
      } catch (EndOfFile e) {
        throw new UnreadableHeaderException("the file ends within the header");
      }
    };
  }
}
