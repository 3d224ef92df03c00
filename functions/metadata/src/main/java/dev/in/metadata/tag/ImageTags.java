package dev.in.metadata.tag;

import com.drew.metadata.exif.ExifDirectoryBase;
import dev.in.formats.FrameSequence;
import dev.in.formats.ImageFormat;
import dev.in.formats.bytes.ImageBytes;
import dev.in.formats.header.ImageHeader;
import dev.in.metadata.block.BlockFinder;
import dev.in.metadata.block.Blocks;
import dev.in.metadata.block.PhotoshopResources;
import dev.in.result.Frames;
import dev.in.result.Metadata;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * An image's metadata. It is an extra: where it cannot be read, the image has none, and nothing
 * fails.
 */
public final class ImageTags {
  private static final Logger LOG = Logger.getLogger(ImageTags.class);

  private ImageTags() {}

  public static Metadata read(ImageBytes file, ImageFormat format, ImageHeader header) {
    try {
      return decode(file, BlockFinder.of(format).find(file), frames(file, format), header);
    } catch (UncheckedIOException e) {
      // The disk's fault, not the image's.
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      // The error ends one absurd file's reading and leaves nothing behind. Running out of memory
      // ends the process instead (jvm.options): the image then runs alone the next time.
      LOG.infof("The image's metadata cannot be read: %s", e.getClass().getName());
      return decode(file, Blocks.NONE, Optional.empty(), header);
    }
  }

  private static Optional<Frames> frames(ImageBytes file, ImageFormat format) {
    return Optional.of(FrameSequence.read(file, format))
        .filter(sequence -> sequence.count() > 1)
        .map(
            sequence ->
                new Frames(
                    sequence.count(), sequence.durationMillis().stream().boxed().findFirst()));
  }

  private static Metadata decode(
      ImageBytes file, Blocks blocks, Optional<Frames> frames, ImageHeader header) {
    ExifTags exif = blocks.exif().map(tiff -> ExifTags.read(file, tiff)).orElse(ExifTags.NONE);
    Optional<byte[]> icc =
        blocks.icc().or(() -> exif.icc().flatMap(at -> BlockFinder.beginning(file, at)));
    XmpPacket xmp =
        blocks
            .xmp()
            .or(() -> exif.xmp().flatMap(at -> BlockFinder.bytes(file, at)))
            .map(XmpPacket::of)
            .orElse(XmpPacket.NONE);
    IptcDatasets iptc =
        blocks
            .iptc()
            .or(() -> exif.iptc().flatMap(at -> BlockFinder.bytes(file, at)))
            .or(
                () ->
                    exif.photoshop()
                        .flatMap(at -> BlockFinder.bytes(file, at))
                        .flatMap(PhotoshopResources::iptc))
            .map(IptcDatasets::of)
            .orElse(IptcDatasets.NONE);
    return new Metadata(
        header.orientation().exif(),
        icc.flatMap(IccProfileName::of),
        CaptureTime.of(exif),
        exif.mainText(ExifDirectoryBase.TAG_MAKE),
        exif.mainText(ExifDirectoryBase.TAG_MODEL),
        exif.text(ExifDirectoryBase.TAG_LENS_MODEL),
        ExposureSettings.of(exif),
        GpsPlace.of(exif),
        Keywords.of(iptc, xmp, exif),
        Descriptions.of(iptc, xmp, exif),
        frames,
        header.truncated());
  }
}
