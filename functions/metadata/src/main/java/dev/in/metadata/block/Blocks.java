package dev.in.metadata.block;

import static java.util.Objects.requireNonNull;

import dev.in.metadata.header.Slice;
import java.util.Optional;

/**
 * What a picture's file says of itself, still undecoded.
 *
 * @param exif a TIFF structure; of a TIFF file the file itself
 * @param iptc IPTC-IIM datasets
 * @param xmp an XML packet
 * @param icc a profile; its end may be missing
 * @param orientation what the format itself says, which goes before EXIF
 */
public record Blocks(
    Optional<Slice> exif,
    Optional<byte[]> iptc,
    Optional<byte[]> xmp,
    Optional<byte[]> icc,
    Optional<Integer> orientation) {
  /** A block with more bytes is passed over, or taken up to there. */
  static final int MAX_BYTES = 1 << 20;

  public static final Blocks NONE =
      new Blocks(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  public Blocks {
    requireNonNull(exif, "exif is null");
    requireNonNull(iptc, "iptc is null");
    requireNonNull(xmp, "xmp is null");
    requireNonNull(icc, "icc is null");
    requireNonNull(orientation, "orientation is null");
  }

  static Blocks ofExif(Slice exif) {
    return new Blocks(
        Optional.of(exif), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
