package dev.in.analysis.image;

import dev.in.analysis.Box;

/**
 * How a stored picture has to be turned to stand upright: the eight values of the EXIF tag 0x0112
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

  /** Returns the orientation of an EXIF value; values outside 1 to 8 count as none. */
  public static Orientation ofExif(int value) {
    return value < 1 || value > 8 ? NORMAL : values()[value - 1];
  }

  /** Returns the EXIF value, 1 to 8. */
  public int exif() {
    return ordinal() + 1;
  }

  /** Returns the one orientation that does this and then the other. */
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

  /** Whether the upright picture is as wide as the stored one is high. */
  public boolean swapsAxes() {
    return swapsAxes;
  }

  /** Returns the stored pixels turned upright. */
  public Pixels toUpright(Pixels stored) {
    if (this == NORMAL) {
      return stored;
    }
    int width = swapsAxes ? stored.height() : stored.width();
    int height = swapsAxes ? stored.width() : stored.height();
    int[] upright = new int[width * height];
    for (int y = 0; y < height; y++) {
      int v = mirrorsY ? height - 1 - y : y;
      for (int x = 0; x < width; x++) {
        int u = mirrorsX ? width - 1 - x : x;
        upright[y * width + x] =
            swapsAxes ? stored.rgb()[u * stored.width() + v] : stored.rgb()[v * stored.width() + u];
      }
    }
    return new Pixels(width, height, upright);
  }

  /**
   * Returns where a box of the upright picture lies in the stored one.
   *
   * @param storedWidth of the stored picture, in the box's own units
   * @param storedHeight likewise
   */
  public Box toStored(Box upright, int storedWidth, int storedHeight) {
    int uprightWidth = swapsAxes ? storedHeight : storedWidth;
    int uprightHeight = swapsAxes ? storedWidth : storedHeight;
    int u = mirrorsX ? uprightWidth - upright.x() - upright.width() : upright.x();
    int v = mirrorsY ? uprightHeight - upright.y() - upright.height() : upright.y();
    return swapsAxes
        ? new Box(v, u, upright.height(), upright.width())
        : new Box(u, v, upright.width(), upright.height());
  }

  /**
   * Returns where a box of the stored picture lies in the upright one.
   *
   * @param storedWidth of the stored picture, in the box's own units
   * @param storedHeight likewise
   */
  public Box toUpright(Box stored, int storedWidth, int storedHeight) {
    return swapsAxes
        ? inverse().toStored(stored, storedHeight, storedWidth)
        : inverse().toStored(stored, storedWidth, storedHeight);
  }

  /** Only the quarter turns are not their own. */
  private Orientation inverse() {
    return switch (this) {
      case QUARTER_CLOCKWISE -> QUARTER_COUNTERCLOCKWISE;
      case QUARTER_COUNTERCLOCKWISE -> QUARTER_CLOCKWISE;
      case NORMAL, MIRRORED, UPSIDE_DOWN, FLIPPED, TRANSPOSED, TRANSVERSED -> this;
    };
  }
}
