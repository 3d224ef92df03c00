package dev.in.result;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What an image file says about itself.
 *
 * @param orientation EXIF's, 1 to 8; 1 where the file has none
 * @param colorProfile the embedded profile's name
 * @param capturedAt ISO 8601 local time, with an offset only if the file has one
 * @param lens the lens model
 * @param keywords from IPTC, XMP and EXIF
 * @param description what people wrote into it
 * @param frames of a file with several
 * @param truncated whether the file ends before all its pixels
 */
public record Metadata(
    int orientation,
    Optional<String> colorProfile,
    Optional<String> capturedAt,
    Optional<String> cameraMake,
    Optional<String> cameraModel,
    Optional<String> lens,
    Optional<Exposure> exposure,
    Optional<Gps> gps,
    List<String> keywords,
    Optional<Description> description,
    Optional<Frames> frames,
    boolean truncated) {

  public Metadata {
    if (orientation < 1 || orientation > 8) {
      throw new IllegalArgumentException("orientation is not within 1 and 8");
    }
    requireNonNull(colorProfile, "colorProfile is null");
    requireNonNull(capturedAt, "capturedAt is null");
    requireNonNull(cameraMake, "cameraMake is null");
    requireNonNull(cameraModel, "cameraModel is null");
    requireNonNull(lens, "lens is null");
    requireNonNull(exposure, "exposure is null");
    requireNonNull(gps, "gps is null");
    keywords = keywords == null ? List.of() : List.copyOf(keywords);
    requireNonNull(description, "description is null");
    requireNonNull(frames, "frames is null");
  }
}
