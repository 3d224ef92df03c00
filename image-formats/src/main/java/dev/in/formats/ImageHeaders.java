package dev.in.formats;

import dev.in.formats.bmp.BmpHeader;
import dev.in.formats.bytes.EndOfFileException;
import dev.in.formats.bytes.ImageBytes;
import dev.in.formats.gif.GifHeader;
import dev.in.formats.header.ImageHeader;
import dev.in.formats.header.UnreadableHeaderException;
import dev.in.formats.heif.HeifItems;
import dev.in.formats.jpeg.JpegHeader;
import dev.in.formats.png.PngHeader;
import dev.in.formats.tiff.TiffHeader;
import dev.in.formats.webp.WebpHeader;

/** Reads the header of any format. */
public final class ImageHeaders {
  private ImageHeaders() {}

  /**
   * Reads what the file's structure says, in a bounded number of steps and next to no memory,
   * whatever the file claims. Nothing is decoded.
   *
   * @throws UnreadableHeaderException if the file does not say how large the image is
   */
  public static ImageHeader read(ImageBytes file, ImageFormat format) {
    try {
      return switch (format) {
        case JPEG -> JpegHeader.read(file);
        case PNG -> PngHeader.read(file);
        case GIF -> GifHeader.read(file);
        case WEBP -> WebpHeader.read(file);
        case TIFF -> TiffHeader.read(file);
        case BMP -> BmpHeader.read(file);
        case HEIC, AVIF -> HeifItems.read(file).header();
      };
    } catch (EndOfFileException e) {
      throw new UnreadableHeaderException("the file ends within the header");
    }
  }
}
