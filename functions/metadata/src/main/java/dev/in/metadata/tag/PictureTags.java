package dev.in.metadata.tag;

import com.drew.metadata.exif.ExifDirectoryBase;
import dev.in.core.image.ImageFormat;
import dev.in.metadata.block.BlockFinder;
import dev.in.metadata.block.Blocks;
import dev.in.metadata.block.PhotoshopResources;
import dev.in.metadata.header.PictureFile;
import dev.in.result.Metadata;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * What a picture says of itself. It is an extra: where it cannot be read, the picture has none, and
 * nothing fails.
 */
public final class PictureTags {
  private static final Logger LOG = Logger.getLogger(PictureTags.class);
  private static final int UPRIGHT = 1;

  private PictureTags() {}

  public static Metadata read(PictureFile file, ImageFormat format, boolean truncated) {
    try {
      return decode(file, BlockFinder.of(format).find(file), truncated);
    } catch (UncheckedIOException e) {
      // The disk's fault, not the picture's.
      throw e;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      // Both errors end one absurd file's reading, and leave nothing behind.
      LOG.infof("The picture's tags cannot be read: %s", e.getClass().getName());
      return decode(file, Blocks.NONE, truncated);
    }
  }

  private static Metadata decode(PictureFile file, Blocks blocks, boolean truncated) {
    ExifTags exif = blocks.exif().map(tiff -> ExifTags.read(file, tiff)).orElse(ExifTags.NONE);
    Optional<byte[]> icc =
        blocks.icc().or(() -> exif.icc().flatMap(at -> BlockFinder.beginning(file, at)));
    Optional<byte[]> xmp =
        blocks.xmp().or(() -> exif.xmp().flatMap(at -> BlockFinder.bytes(file, at)));
    Optional<byte[]> iptc =
        blocks
            .iptc()
            .or(() -> exif.iptc().flatMap(at -> BlockFinder.bytes(file, at)))
            .or(
                () ->
                    exif.photoshop()
                        .flatMap(at -> BlockFinder.bytes(file, at))
                        .flatMap(PhotoshopResources::iptc));
    return new Metadata(
        blocks.orientation().or(() -> orientation(exif)).orElse(UPRIGHT),
        icc.flatMap(IccProfileName::of),
        CaptureTime.of(exif),
        exif.mainText(ExifDirectoryBase.TAG_MAKE),
        exif.mainText(ExifDirectoryBase.TAG_MODEL),
        exif.text(ExifDirectoryBase.TAG_LENS_MODEL),
        ExposureSettings.of(exif),
        GpsPlace.of(exif),
        Keywords.of(iptc, xmp, exif),
        truncated);
  }

  private static Optional<Integer> orientation(ExifTags exif) {
    return exif.mainNumber(ExifDirectoryBase.TAG_ORIENTATION)
        .map(Double::intValue)
        .filter(value -> value >= 1 && value <= 8);
  }
}
