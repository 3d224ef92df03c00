package dev.in.metadata.header;

import dev.in.metadata.header.Boxes.Box;
import java.util.List;
import java.util.Optional;

/**
 * Rotation ({@code irot}) and mirroring ({@code imir}) of a HEIF picture, as EXIF says the same.
 * ISO/IEC 23008-12:2022, 6.5.10 and 6.5.12: a rotation is anticlockwise; axis 0 exchanges top and
 * bottom, axis 1 left and right.
 */
final class HeifOrientation {
  /** EXIF's numbers by quarter turns anticlockwise. */
  private static final int[] TURNED = {1, 8, 3, 6};

  /** The same for pictures whose left and right are exchanged before they are turned. */
  private static final int[] MIRRORED = {2, 5, 4, 7};

  private HeifOrientation() {}

  /**
   * @param properties in the order in which they are applied
   */
  static Optional<Integer> of(PictureFile file, List<Box> properties) {
    boolean said = false;
    boolean mirrored = false;
    int turns = 0;
    for (Box box : properties) {
      if (box.type().equals("irot")) {
        turns += file.u8(box.at()) & 3;
        said = true;
      } else if (box.type().equals("imir")) {
        // To mirror what was turned is to turn what was mirrored the other way.
        int halfTurn = (file.u8(box.at()) & 1) == 0 ? 2 : 0;
        turns = halfTurn - turns;
        mirrored = !mirrored;
        said = true;
      }
    }
    int orientation = (mirrored ? MIRRORED : TURNED)[Math.floorMod(turns, 4)];
    return said ? Optional.of(orientation) : Optional.empty();
  }
}
