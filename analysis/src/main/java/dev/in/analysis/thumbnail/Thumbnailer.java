package dev.in.analysis.thumbnail;

import dev.in.analysis.image.DecodeException;
import dev.in.analysis.image.DecodeLimits;
import dev.in.analysis.image.DecodedImage;
import dev.in.analysis.image.ImageDecoder;
import dev.in.formats.ImageFormat;
import dev.in.formats.header.Orientation;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Makes thumbnails. A file that is small, upright and known to browsers stays as it is, as does an
 * animation; everything else is decoded, turned upright, scaled down and written as JPEG.
 *
 * <p>Thread-safe.
 */
final class Thumbnailer {
  private static final Set<ImageFormat> KNOWN_TO_BROWSERS =
      EnumSet.of(
          ImageFormat.JPEG, ImageFormat.PNG, ImageFormat.GIF, ImageFormat.WEBP, ImageFormat.AVIF);

  /** Times the thumbnail's own: between pixels that are left out, those read are averaged. */
  private static final int HELD_PIXELS_FACTOR = 4;

  private final int longestSide;
  private final int maxBytes;
  private final ImageDecoder decoder;

  /**
   * @param longestSide in pixels
   * @param maxBytes larger files are never kept as they are
   */
  Thumbnailer(int longestSide, int maxBytes) {
    this.longestSide = longestSide;
    this.maxBytes = maxBytes;
    DecodeLimits limits = DecodeLimits.DEFAULT;
    this.decoder =
        new ImageDecoder(
            new DecodeLimits(
                limits.pixels(),
                limits.maxScanPixels(),
                HELD_PIXELS_FACTOR * longestSide * longestSide,
                longestSide));
  }

  /**
   * Makes a thumbnail.
   *
   * @throws DecodeException if the image can neither be decoded here nor by browsers
   */
  Thumbnail make(byte[] image) throws DecodeException, IOException {
    Optional<ImageFormat> known = browserFormat(image).filter(format -> image.length <= maxBytes);
    try {
      DecodedImage decoded = decoder.decode(image);
      return known.isPresent() && fits(decoded, known.get())
          ? new Thumbnail(
              image, known.get().contentType(), Optional.of(decoded.orientation().exif()))
          : scaled(decoded);
    } catch (DecodeException e) {
      // A browser may know more, of AVIF for one.
      return new Thumbnail(image, known.orElseThrow(() -> e).contentType(), Optional.empty());
    }
  }

  private boolean fits(DecodedImage decoded, ImageFormat format) {
    boolean small = Math.max(decoded.width(), decoded.height()) <= longestSide;
    return decoded.orientation() == Orientation.NORMAL && (small || format == ImageFormat.GIF);
  }

  private static Thumbnail scaled(DecodedImage decoded) throws IOException {
    byte[] jpeg = JpegWriter.write(JpegWriter.complete(decoded).upright(decoded.orientation()));
    return new Thumbnail(jpeg, "image/jpeg", Optional.of(decoded.orientation().exif()));
  }

  private static Optional<ImageFormat> browserFormat(byte[] image) {
    return ImageFormat.sniff(image).filter(KNOWN_TO_BROWSERS::contains);
  }
}
