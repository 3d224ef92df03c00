package dev.in.result;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What people wrote into an image file about it, by the terms of the IPTC Photo Metadata Standard.
 * Of XMP, IPTC-IIM and EXIF the first one that has a value counts: editors write XMP, cameras EXIF.
 *
 * @param title {@code dc:title}, IIM 2:05 or Windows' XPTitle
 * @param caption {@code dc:description}, IIM 2:120 or EXIF's ImageDescription
 * @param creators {@code dc:creator}, IIM 2:80 or EXIF's Artist
 * @param copyright {@code dc:rights}, IIM 2:116 or EXIF's Copyright
 * @param rating {@code xmp:Rating} or Windows' Rating: stars from 1 to 5, 0 without, -1 for a
 *     reject
 * @param digitalSourceType {@code Iptc4xmpExt:DigitalSourceType}, the term of IPTC's vocabulary, as
 *     in {@code trainedAlgorithmicMedia} for what a model made
 */
public record Description(
    Optional<String> title,
    Optional<String> caption,
    List<String> creators,
    Optional<String> copyright,
    Optional<Integer> rating,
    Optional<String> digitalSourceType) {

  public Description {
    requireNonNull(title, "title is null");
    requireNonNull(caption, "caption is null");
    creators = creators == null ? List.of() : List.copyOf(creators);
    requireNonNull(copyright, "copyright is null");
    requireNonNull(rating, "rating is null");
    requireNonNull(digitalSourceType, "digitalSourceType is null");
  }

  /** Whether the file says nothing of it all. */
  public boolean isEmpty() {
    return title.isEmpty()
        && caption.isEmpty()
        && creators.isEmpty()
        && copyright.isEmpty()
        && rating.isEmpty()
        && digitalSourceType.isEmpty();
  }
}
