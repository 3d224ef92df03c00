package dev.in.result;

/**
 * A direction on the map.
 *
 * @param degrees clockwise from north, from 0 to below 360
 * @param magnetic whether north is the compass's rather than the pole's
 */
public record Direction(double degrees, boolean magnetic) {
  public Direction {
    Numbers.requireFinite("degrees", degrees);
  }
}
