package dev.in.formats.heif;

import dev.in.formats.bytes.Cursor;
import dev.in.formats.bytes.ImageBytes;
import dev.in.formats.heif.Boxes.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The properties of a HEIF file's primary item (the box {@code iprp}).
 *
 * @param all in the order in which they are to be applied
 */
record HeifProperties(List<Box> all) {
  static final HeifProperties NONE = new HeifProperties(List.of());

  private static final int MAX_ENTRIES = 10_000;

  HeifProperties {
    all = List.copyOf(all);
  }

  Optional<Box> first(String type) {
    return Boxes.first(all, type);
  }

  static HeifProperties read(ImageBytes file, Box box, long item) {
    List<Box> children = Boxes.in(file, box.at(), box.end());
    List<Box> shared =
        Boxes.first(children, "ipco")
            .map(list -> Boxes.in(file, list.at(), list.end()))
            .orElse(List.of());
    List<Box> own = new ArrayList<>();
    for (Box child : children) {
      if (child.type().equals("ipma")) {
        indexes(file, child, item).stream()
            .filter(index -> index >= 1 && index <= shared.size())
            .forEach(index -> own.add(shared.get(index - 1)));
      }
    }
    return new HeifProperties(own);
  }

  /** Which of the shared properties are the item's, counted from 1. */
  private static List<Integer> indexes(ImageBytes file, Box box, long item) {
    Cursor cursor = new Cursor(file, box.at());
    int version = cursor.u8();
    cursor.skip(2);
    boolean wide = (cursor.u8() & 1) == 1;
    long entries = cursor.number(4);
    List<Integer> indexes = new ArrayList<>();
    for (long i = 0; i < entries && i < MAX_ENTRIES && cursor.at() < box.end(); i++) {
      long id = cursor.number(version < 1 ? 2 : 4);
      int count = cursor.u8();
      for (int j = 0; j < count; j++) {
        // The highest bit says whether the property is essential.
        int index = wide ? cursor.u16() & 0x7fff : cursor.u8() & 0x7f;
        if (id == item && indexes.size() < 256) {
          indexes.add(index);
        }
      }
    }
    return indexes;
  }
}
