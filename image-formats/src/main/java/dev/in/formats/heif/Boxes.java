package dev.in.formats.heif;

import static java.nio.ByteOrder.BIG_ENDIAN;

import dev.in.formats.bytes.ImageBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The boxes of ISO/IEC 14496-12 within a part of a file. */
final class Boxes {
  private static final int MAX_BOXES = 4096;

  private Boxes() {}

  /**
   * @param at where its content begins
   * @param end where it says that it ends, which may be behind the file
   */
  record Box(String type, long at, long end) {}

  /** Those that begin before {@code to}; a box that makes no sense ends the list. */
  static List<Box> in(ImageBytes file, long from, long to) {
    List<Box> boxes = new ArrayList<>();
    long end = Math.min(to, file.length());
    long at = from;
    while (at + 8 <= end && boxes.size() < MAX_BOXES) {
      long size = file.u32(at, BIG_ENDIAN);
      long header = 8;
      if (size == 1) {
        size = file.u64(at + 8, BIG_ENDIAN);
        header = 16;
      } else if (size == 0) {
        size = to - at;
      }
      if (size < header || size > Long.MAX_VALUE - at) {
        break;
      }
      boxes.add(new Box(file.text(at + 4, 4), at + header, at + size));
      at += size;
    }
    return boxes;
  }

  static Optional<Box> first(List<Box> boxes, String type) {
    return boxes.stream().filter(box -> box.type().equals(type)).findFirst();
  }
}
