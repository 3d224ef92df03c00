package dev.in.core.image;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What a picture says of itself.
 *
 * @param orientation EXIF's, 1 to 8; 1 where the file has none
 * @param colorProfile the embedded profile's name
 * @param capturedAt ISO 8601 local time, with an offset only if the file has one
 * @param truncated whether pixels are cut short
 */
public record ImageMetadata(
    int orientation,
    Optional<String> colorProfile,
    Optional<String> capturedAt,
    Optional<String> cameraMake,
    Optional<String> cameraModel,
    Optional<String> lens,
    Optional<Exposure> exposure,
    Optional<Gps> gps,
    List<String> keywords,
    boolean truncated) {

  public ImageMetadata {
    if (orientation < 1 || orientation > 8) {
      throw new IllegalArgumentException("no EXIF orientation: " + orientation);
    }
    requireNonNull(colorProfile, "colorProfile is null");
    requireNonNull(capturedAt, "capturedAt is null");
    requireNonNull(cameraMake, "cameraMake is null");
    requireNonNull(cameraModel, "cameraModel is null");
    requireNonNull(lens, "lens is null");
    requireNonNull(exposure, "exposure is null");
    requireNonNull(gps, "gps is null");
    keywords = List.copyOf(keywords);
  }

  /**
   * @param timeSeconds shutter time
   * @param fNumber aperture, the N of f/N
   * @param iso sensitivity
   * @param focalLengthMm of the lens itself, in millimetres
   */
  public record Exposure(
      Optional<Double> timeSeconds,
      Optional<Double> fNumber,
      Optional<Integer> iso,
      Optional<Double> focalLengthMm) {
    public Exposure {
      requireNonNull(timeSeconds, "timeSeconds is null");
      requireNonNull(fNumber, "fNumber is null");
      requireNonNull(iso, "iso is null");
      requireNonNull(focalLengthMm, "focalLengthMm is null");
    }
  }

  /**
   * Where it was taken, WGS 84.
   *
   * @param latitude degrees, north positive
   * @param longitude degrees, east positive
   * @param altitudeMeters above sea level, below it negative
   */
  public record Gps(double latitude, double longitude, Optional<Double> altitudeMeters) {
    public Gps {
      requireNonNull(altitudeMeters, "altitudeMeters is null");
    }
  }
}
