package dev.in.formats.header;

/**
 * How a stored image has to be turned to stand upright: the eight values of the EXIF tag 0x0112
 * (CIPA DC-008). Each is a swap of the axes, then a mirroring of either.
 */
public enum Orientation {
  NORMAL(false, false, false),
  MIRRORED(false, true, false),
  UPSIDE_DOWN(false, true, true),
  FLIPPED(false, false, true),
  TRANSPOSED(true, false, false),
  QUARTER_CLOCKWISE(true, true, false),
  TRANSVERSED(true, true, true),
  QUARTER_COUNTERCLOCKWISE(true, false, true);

  private final boolean swapsAxes;
  private final boolean mirrorsX;
  private final boolean mirrorsY;

  Orientation(boolean swapsAxes, boolean mirrorsX, boolean mirrorsY) {
    this.swapsAxes = swapsAxes;
    this.mirrorsX = mirrorsX;
    this.mirrorsY = mirrorsY;
  }

  /** The orientation of an EXIF value; values outside 1 to 8 count as none. */
  public static Orientation ofExif(long value) {
    return value < 1 || value > 8 ? NORMAL : values()[(int) value - 1];
  }

  /** The EXIF value, 1 to 8. */
  public int exif() {
    return ordinal() + 1;
  }

  /** The one orientation that does this and then the other. */
  public Orientation then(Orientation next) {
    boolean mirroredX = next.swapsAxes ? mirrorsY : mirrorsX;
    boolean mirroredY = next.swapsAxes ? mirrorsX : mirrorsY;
    return of(swapsAxes ^ next.swapsAxes, mirroredX ^ next.mirrorsX, mirroredY ^ next.mirrorsY);
  }

  private static Orientation of(boolean swapsAxes, boolean mirrorsX, boolean mirrorsY) {
    for (Orientation each : values()) {
      if (each.swapsAxes == swapsAxes && each.mirrorsX == mirrorsX && each.mirrorsY == mirrorsY) {
        return each;
      }
    }
    throw new IllegalStateException("the eight orientations are all combinations");
  }

  /** Whether the upright image is as wide as the stored one is high. */
  public boolean swapsAxes() {
    return swapsAxes;
  }

  /** Whether left and right are exchanged, after the axes. */
  public boolean mirrorsX() {
    return mirrorsX;
  }

  /** Whether top and bottom are exchanged, after the axes. */
  public boolean mirrorsY() {
    return mirrorsY;
  }

  /** The orientation that undoes this one; only the quarter turns are not their own. */
  public Orientation inverse() {
    return switch (this) {
      case QUARTER_CLOCKWISE -> QUARTER_COUNTERCLOCKWISE;
      case QUARTER_COUNTERCLOCKWISE -> QUARTER_CLOCKWISE;
      case NORMAL, MIRRORED, UPSIDE_DOWN, FLIPPED, TRANSPOSED, TRANSVERSED -> this;
    };
  }
}
