package dev.in.result;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Where an image was taken, WGS 84.
 *
 * @param latitude degrees, north positive
 * @param longitude degrees, east positive
 * @param altitudeMeters above sea level, below it negative
 * @param direction where the camera pointed
 * @param datum as the file names it; one that is not within metres of WGS 84 leaves no place at all
 */
public record Gps(
    double latitude,
    double longitude,
    Optional<Double> altitudeMeters,
    Optional<Direction> direction,
    Optional<String> datum) {

  public Gps {
    Numbers.requireFinite("latitude", latitude);
    Numbers.requireFinite("longitude", longitude);
    altitudeMeters.ifPresent(value -> Numbers.requireFinite("altitudeMeters", value));
    requireNonNull(direction, "direction is null");
    requireNonNull(datum, "datum is null");
  }
}
