package dev.in.result;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * How an image was taken.
 *
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
    timeSeconds.ifPresent(value -> Numbers.requireFinite("timeSeconds", value));
    fNumber.ifPresent(value -> Numbers.requireFinite("fNumber", value));
    requireNonNull(iso, "iso is null");
    focalLengthMm.ifPresent(value -> Numbers.requireFinite("focalLengthMm", value));
  }
}
