package dev.in.analysis.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads how the primary image of a HEIF file is turned: its properties {@code irot} and {@code
 * imir}, in their order (ISO/IEC 23008-12, 6.5.10 and 6.5.12). They alone count; an EXIF
 * orientation beside them is for information. libheif tells them only in versions later than
 * Debian's.
 */
final class HeifTransforms {
  private static final int META = fourcc("meta");
  private static final int PITM = fourcc("pitm");
  private static final int IPRP = fourcc("iprp");
  private static final int IPCO = fourcc("ipco");
  private static final int IPMA = fourcc("ipma");
  private static final int IROT = fourcc("irot");
  private static final int IMIR = fourcc("imir");

  /** By quarter turns anticlockwise. */
  private static final List<Orientation> ROTATIONS =
      List.of(
          Orientation.NORMAL,
          Orientation.QUARTER_COUNTERCLOCKWISE,
          Orientation.UPSIDE_DOWN,
          Orientation.QUARTER_CLOCKWISE);

  private record Child(int type, ByteBuffer content) {}

  private HeifTransforms() {}

  /** Returns the orientation; NORMAL where none is told or the boxes are broken. */
  static Orientation of(ByteBuffer file) {
    try {
      ByteBuffer meta = skipped(find(children(file.slice()), META), 4);
      List<Child> inMeta = children(meta);
      int primary = primaryItem(find(inMeta, PITM));
      List<Child> inProperties = children(find(inMeta, IPRP));
      List<Child> properties = children(find(inProperties, IPCO));
      Orientation result = Orientation.NORMAL;
      for (Child child : inProperties) {
        if (child.type() == IPMA) {
          for (int index : associations(child.content(), primary)) {
            if (index >= 1 && index <= properties.size()) {
              result = result.then(transform(properties.get(index - 1)));
            }
          }
        }
      }
      return result;
    } catch (IndexOutOfBoundsException | IllegalArgumentException broken) {
      return Orientation.NORMAL;
    }
  }

  private static Orientation transform(Child property) {
    if (property.type() == IROT) {
      return ROTATIONS.get(property.content().get(0) & 3);
    }
    if (property.type() == IMIR) {
      return (property.content().get(0) & 1) == 0 ? Orientation.FLIPPED : Orientation.MIRRORED;
    }
    return Orientation.NORMAL;
  }

  private static int primaryItem(ByteBuffer pitm) {
    return pitm.get(0) == 0 ? pitm.getShort(4) & 0xFFFF : pitm.getInt(4);
  }

  /** Returns the indexes, from 1, of an item's properties in order (ISO/IEC 23008-12, 9.3). */
  private static List<Integer> associations(ByteBuffer ipma, int item) {
    int version = ipma.get(0);
    boolean wide = (ipma.get(3) & 1) != 0;
    int count = ipma.getInt(4);
    int at = 8;
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int id = version < 1 ? ipma.getShort(at) & 0xFFFF : ipma.getInt(at);
      at += version < 1 ? 2 : 4;
      int entries = ipma.get(at++) & 0xFF;
      for (int entry = 0; entry < entries; entry++) {
        int index = wide ? ipma.getShort(at) & 0x7FFF : ipma.get(at) & 0x7F;
        at += wide ? 2 : 1;
        if (id == item) {
          found.add(index);
        }
      }
    }
    return found;
  }

  private static ByteBuffer find(List<Child> children, int type) {
    for (Child child : children) {
      if (child.type() == type) {
        return child.content();
      }
    }
    throw new IllegalArgumentException("a HEIF box is missing");
  }

  private static List<Child> children(ByteBuffer box) {
    ByteBuffer data = box.order(ByteOrder.BIG_ENDIAN);
    List<Child> children = new ArrayList<>();
    int at = 0;
    while (at + 8 <= data.limit()) {
      long size = data.getInt(at) & 0xFFFFFFFFL;
      int header = 8;
      if (size == 1) {
        size = data.getLong(at + 8);
        header = 16;
      } else if (size == 0) {
        size = data.limit() - at;
      }
      if (size < header) {
        break;
      }
      int end = (int) Math.min(data.limit(), at + size);
      ByteBuffer content = data.slice(at + header, end - at - header);
      children.add(new Child(data.getInt(at + 4), content.order(ByteOrder.BIG_ENDIAN)));
      at = end;
    }
    return children;
  }

  private static ByteBuffer skipped(ByteBuffer data, int bytes) {
    return data.slice(bytes, data.limit() - bytes);
  }

  private static int fourcc(String name) {
    return name.charAt(0) << 24 | name.charAt(1) << 16 | name.charAt(2) << 8 | name.charAt(3);
  }
}
