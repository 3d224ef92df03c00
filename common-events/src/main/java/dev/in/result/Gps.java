package dev.in.result;

import java.util.Optional;

/**
 * Where an image was taken, WGS 84.
 *
 * @param latitude degrees, north positive
 * @param longitude degrees, east positive
 * @param altitudeMeters above sea level, below it negative
 */
public record Gps(double latitude, double longitude, Optional<Double> altitudeMeters) {
  public Gps {
    Numbers.requireFinite("latitude", latitude);
    Numbers.requireFinite("longitude", longitude);
    altitudeMeters.ifPresent(value -> Numbers.requireFinite("altitudeMeters", value));
  }
}
