package dev.in.formats.heif;

import dev.in.formats.bytes.Cursor;
import dev.in.formats.bytes.ImageBytes;
import dev.in.formats.bytes.Slice;
import dev.in.formats.header.UnreadableHeaderException;
import dev.in.formats.heif.Boxes.Box;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the bytes of a HEIF file's items lie (the box {@code iloc}).
 *
 * @param extents of each item, by its id
 */
record HeifLocations(Map<Long, List<Slice>> extents) {
  static final HeifLocations NONE = new HeifLocations(Map.of());

  private static final int MAX_ITEMS = 10_000;
  private static final int MAX_EXTENTS = 20_000;

  /** An item's bytes if they lie in one piece. */
  Optional<Slice> whole(long item) {
    List<Slice> parts = extents.getOrDefault(item, List.of());
    return parts.size() == 1 ? Optional.of(parts.getFirst()) : Optional.empty();
  }

  boolean reachBeyond(ImageBytes file) {
    return extents.values().stream().flatMap(List::stream).anyMatch(part -> !part.isWithin(file));
  }

  /**
   * @param itemData where the file keeps items that lie in the meta box itself
   */
  static HeifLocations read(ImageBytes file, Box box, long itemData) {
    return new Reader(new Cursor(file, box.at()), box.end(), itemData).read();
  }

  private static final class Reader {
    private final Cursor cursor;
    private final long end;
    private final long itemData;
    private final Map<Long, List<Slice>> extents = new HashMap<>();
    private final int version;
    private final int offsetBytes;
    private final int lengthBytes;
    private final int baseBytes;
    private final int indexBytes;
    private int extentsLeft = MAX_EXTENTS;

    Reader(Cursor cursor, long end, long itemData) {
      this.cursor = cursor;
      this.end = end;
      this.itemData = itemData;
      this.version = HeifItems.version(cursor);
      int sizes = cursor.u16();
      this.offsetBytes = bytes(sizes >> 12);
      this.lengthBytes = bytes(sizes >> 8 & 15);
      this.baseBytes = bytes(sizes >> 4 & 15);
      this.indexBytes = version == 0 ? 0 : bytes(sizes & 15);
    }

    HeifLocations read() {
      long items = cursor.number(idBytes());
      for (long i = 0; i < items && i < MAX_ITEMS && cursor.at() < end; i++) {
        readItem();
      }
      return new HeifLocations(extents);
    }

    private void readItem() {
      long id = cursor.number(idBytes());
      int method = version == 0 ? 0 : cursor.u16() & 15;
      cursor.skip(2);
      long base = cursor.number(baseBytes);
      int count = cursor.u16();
      List<Slice> parts = new ArrayList<>();
      for (int i = 0; i < count && cursor.at() < end; i++) {
        cursor.skip(indexBytes);
        long offset = base + cursor.number(offsetBytes);
        long length = cursor.number(lengthBytes);
        if (extentsLeft-- > 0) {
          parts.add(new Slice(method == 1 ? itemData + offset : offset, length));
        }
      }
      // Method 2 builds an item from others, which are checked themselves.
      if (method < 2) {
        extents.put(id, parts);
      }
    }

    private int idBytes() {
      return version < 2 ? 2 : 4;
    }

    private static int bytes(int count) {
      if (count != 0 && count != 4 && count != 8) {
        throw new UnreadableHeaderException("a number has " + count + " bytes");
      }
      return count;
    }
  }
}
