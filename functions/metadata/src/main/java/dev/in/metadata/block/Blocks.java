package dev.in.metadata.block;

import static java.util.Objects.requireNonNull;

import dev.in.formats.bytes.Slice;
import java.util.Optional;

/**
 * The metadata blocks of an image's file, still undecoded.
 *
 * @param exif a TIFF structure; of a TIFF file the file itself
 * @param iptc IPTC-IIM datasets
 * @param xmp an XML packet
 * @param icc a profile; its end may be missing
 */
public record Blocks(
    Optional<Slice> exif, Optional<byte[]> iptc, Optional<byte[]> xmp, Optional<byte[]> icc) {
  /** A block with more bytes is skipped, or read up to there. */
  static final int MAX_BYTES = 1 << 20;

  public static final Blocks NONE =
      new Blocks(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  public Blocks {
    requireNonNull(exif, "exif is null");
    requireNonNull(iptc, "iptc is null");
    requireNonNull(xmp, "xmp is null");
    requireNonNull(icc, "icc is null");
  }

  static Blocks ofExif(Slice exif) {
    return new Blocks(Optional.of(exif), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
