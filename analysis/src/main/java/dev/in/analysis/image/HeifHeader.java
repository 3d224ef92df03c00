package dev.in.analysis.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the boxes of a HEIF file say of its primary image (ISO/IEC 23008-12): the size as stored,
 * and how it is turned. libheif tells the turns only in versions later than Debian's, and nothing
 * at all of a file that is cut.
 *
 * @param width of the property {@code ispe}, in pixels
 * @param height likewise
 * @param orientation of the properties {@code irot} and {@code imir} in their order; they alone
 *     count, an EXIF orientation beside them is for information
 */
record HeifHeader(int width, int height, Orientation orientation) {
  private static final int META = fourcc("meta");
  private static final int PITM = fourcc("pitm");
  private static final int IPRP = fourcc("iprp");
  private static final int IPCO = fourcc("ipco");
  private static final int IPMA = fourcc("ipma");
  private static final int ISPE = fourcc("ispe");
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

  /** Reads the boxes, or returns nothing where they are broken. */
  static Optional<HeifHeader> of(ByteBuffer file) {
    try {
      List<Child> inMeta = children(skipped(find(children(file.slice()), META), 4));
      int primary = primaryItem(find(inMeta, PITM));
      List<Child> inProperties = children(find(inMeta, IPRP));
      List<Child> properties = children(find(inProperties, IPCO));
      HeifHeader header = new HeifHeader(0, 0, Orientation.NORMAL);
      for (Child child : inProperties) {
        if (child.type() == IPMA) {
          for (int index : associations(child.content(), primary)) {
            header = header.with(properties.get(index - 1));
          }
        }
      }
      return Optional.of(header).filter(read -> read.width > 0 && read.height > 0);
    } catch (IndexOutOfBoundsException | IllegalArgumentException broken) {
      return Optional.empty();
    }
  }

  private HeifHeader with(Child property) {
    ByteBuffer content = property.content();
    if (property.type() == ISPE) {
      return new HeifHeader(content.getInt(4), content.getInt(8), orientation);
    }
    if (property.type() == IROT) {
      return new HeifHeader(width, height, orientation.then(ROTATIONS.get(content.get(0) & 3)));
    }
    if (property.type() == IMIR) {
      Orientation mirrored = (content.get(0) & 1) == 0 ? Orientation.FLIPPED : Orientation.MIRRORED;
      return new HeifHeader(width, height, orientation.then(mirrored));
    }
    return this;
  }

  private static int primaryItem(ByteBuffer pitm) {
    return pitm.get(0) == 0 ? pitm.getShort(4) & 0xFFFF : pitm.getInt(4);
  }

  /** Returns the indexes, from 1, of an item's properties in order (9.3 of the standard). */
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
        if (id == item && index > 0) {
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
