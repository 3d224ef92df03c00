package dev.in.formats.heif;

import dev.in.formats.bytes.ImageBytes;
import dev.in.formats.header.Orientation;
import dev.in.formats.heif.Boxes.Box;
import java.util.List;

/**
 * Rotation ({@code irot}) and mirroring ({@code imir}) of a HEIF image. ISO/IEC 23008-12:2022,
 * 6.5.10 and 6.5.12: a rotation is anticlockwise; axis 0 exchanges top and bottom, axis 1 left and
 * right.
 */
final class HeifOrientation {
  /** By quarter turns anticlockwise. */
  private static final List<Orientation> ROTATIONS =
      List.of(
          Orientation.NORMAL,
          Orientation.QUARTER_COUNTERCLOCKWISE,
          Orientation.UPSIDE_DOWN,
          Orientation.QUARTER_CLOCKWISE);

  private HeifOrientation() {}

  /**
   * @param properties in the order in which they are applied
   */
  static Orientation of(ImageBytes file, List<Box> properties) {
    Orientation orientation = Orientation.NORMAL;
    for (Box box : properties) {
      if (box.type().equals("irot")) {
        orientation = orientation.then(ROTATIONS.get(file.u8(box.at()) & 3));
      } else if (box.type().equals("imir")) {
        boolean upsideDown = (file.u8(box.at()) & 1) == 0;
        orientation = orientation.then(upsideDown ? Orientation.FLIPPED : Orientation.MIRRORED);
      }
    }
    return orientation;
  }
}
