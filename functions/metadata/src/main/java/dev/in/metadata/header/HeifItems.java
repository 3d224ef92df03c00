package dev.in.metadata.header;

import static java.nio.ByteOrder.BIG_ENDIAN;

import dev.in.metadata.header.Boxes.Box;
import dev.in.metadata.header.PictureFile.EndOfFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The items of a HEIC or AVIF file (ISO/IEC 23008-12): the primary picture with its properties, and
 * where the bytes of each item lie. The library's own reader is not let near these boxes: it
 * allocates what they say.
 */
public final class HeifItems {
  private static final int MAX_ITEMS = 10_000;
  private static final int MAX_EXTENTS = 10_000;

  private final PictureFile file;
  private final Map<Long, String> types = new HashMap<>();
  private final Map<Long, List<Extent>> extents = new HashMap<>();
  private final List<Box> properties = new ArrayList<>();
  private final Map<Long, List<Integer>> associations = new HashMap<>();
  private long primary = -1;
  private long itemData;

  private HeifItems(PictureFile file) {
    this.file = file;
  }

  /**
   * @param at a position in the file, or in the item data box
   */
  private record Extent(long at, long length) {}

  /**
   * @throws UnreadableHeaderException if there is no primary item with a size
   */
  public static HeifItems read(PictureFile file) {
    HeifItems items = new HeifItems(file);
    Box meta =
        Boxes.first(Boxes.in(file, 0, file.length()), "meta")
            .orElseThrow(() -> new UnreadableHeaderException("there is no meta box"));
    List<Box> children = Boxes.in(file, meta.at() + 4, meta.end());
    // Items may lie in this box, and iloc may stand before it.
    Boxes.first(children, "idat").ifPresent(box -> items.itemData = box.at());
    children.forEach(items::readChild);
    return items;
  }

  private void readChild(Box box) {
    switch (box.type()) {
      case "pitm" -> primary = file.number(box.at() + 4, version(box) == 0 ? 2 : 4);
      case "iinf" -> readTypes(box);
      case "iloc" -> readLocations(box);
      case "iprp" -> readProperties(box);
      default -> {}
    }
  }

  /** The primary picture's size, whole, not that of one of its tiles. */
  Header header() {
    Box size =
        property("ispe")
            .orElseThrow(() -> new UnreadableHeaderException("the primary item has no size"));
    return Header.of(
        file.u32(size.at() + 4, BIG_ENDIAN), file.u32(size.at() + 8, BIG_ENDIAN), truncated());
  }

  /**
   * The rotation and mirroring that viewers apply, as an EXIF orientation, 1 to 8. The properties
   * are applied in their order; {@code irot} turns anticlockwise, {@code imir} exchanges top and
   * bottom (0) or left and right (1).
   */
  public int orientation() {
    // Mirrored left to right first, if at all, and then turned: every sequence comes down to that.
    boolean mirrored = false;
    int turns = 0;
    for (Box box : propertiesOfPrimary()) {
      if (box.type().equals("irot")) {
        turns += file.u8(box.at()) & 3;
      } else if (box.type().equals("imir")) {
        turns = ((file.u8(box.at()) & 1) == 1 ? 0 : 2) - turns;
        mirrored = !mirrored;
      }
    }
    int[] plain = {1, 8, 3, 6};
    int[] swapped = {2, 5, 4, 7};
    return (mirrored ? swapped : plain)[Math.floorMod(turns, 4)];
  }

  /** The bytes of the first item of that type; empty if there is none, or it is too long. */
  public Optional<byte[]> itemOfType(String type, int maxBytes) {
    return types.entrySet().stream()
        .filter(entry -> entry.getValue().equals(type))
        .map(entry -> extents.getOrDefault(entry.getKey(), List.of()))
        .filter(list -> !list.isEmpty())
        .findFirst()
        .flatMap(list -> bytes(list, maxBytes));
  }

  /** The embedded ICC profile. */
  public Optional<byte[]> colorProfile(int maxBytes) {
    return propertiesOfPrimary().stream()
        .filter(box -> box.type().equals("colr"))
        .filter(box -> List.of("prof", "rICC").contains(file.text(box.at(), 4)))
        .filter(box -> box.end() - box.at() - 4 <= maxBytes && box.end() <= file.length())
        .map(box -> file.bytes(box.at() + 4, (int) (box.end() - box.at() - 4)))
        .findFirst();
  }

  private Optional<byte[]> bytes(List<Extent> parts, int maxBytes) {
    long total = parts.stream().mapToLong(Extent::length).sum();
    if (total > maxBytes || parts.stream().anyMatch(this::reachesBeyond)) {
      return Optional.empty();
    }
    byte[] all = new byte[(int) total];
    int filled = 0;
    for (Extent part : parts) {
      byte[] bytes = file.bytes(part.at(), (int) part.length());
      System.arraycopy(bytes, 0, all, filled, bytes.length);
      filled += bytes.length;
    }
    return Optional.of(all);
  }

  private boolean truncated() {
    return extents.values().stream().flatMap(List::stream).anyMatch(this::reachesBeyond);
  }

  private boolean reachesBeyond(Extent extent) {
    return extent.at() > file.length() - extent.length();
  }

  private Optional<Box> property(String type) {
    return propertiesOfPrimary().stream().filter(box -> box.type().equals(type)).findFirst();
  }

  private List<Box> propertiesOfPrimary() {
    return associations.getOrDefault(primary, List.of()).stream()
        .filter(index -> index >= 1 && index <= properties.size())
        .map(index -> properties.get(index - 1))
        .toList();
  }

  private void readTypes(Box box) {
    boolean wide = version(box) != 0;
    long from = box.at() + (wide ? 8 : 6);
    for (Box entry : Boxes.in(file, from, box.end())) {
      int version = version(entry);
      if (entry.type().equals("infe") && version >= 2) {
        int idBytes = version == 2 ? 2 : 4;
        types.put(file.number(entry.at() + 4, idBytes), file.text(entry.at() + 4 + idBytes + 2, 4));
      }
    }
  }

  private void readLocations(Box box) {
    int version = version(box);
    int sizes = file.u16(box.at() + 4, BIG_ENDIAN);
    int offsetBytes = sizes >> 12;
    int lengthBytes = sizes >> 8 & 15;
    int baseBytes = sizes >> 4 & 15;
    int indexBytes = version == 0 ? 0 : sizes & 15;
    int idBytes = version < 2 ? 2 : 4;
    requireNumber(offsetBytes, lengthBytes, baseBytes, indexBytes);
    long items = file.number(box.at() + 6, idBytes);
    long at = box.at() + 6 + idBytes;
    int total = 0;
    for (long i = 0; i < items && i < MAX_ITEMS && at < box.end(); i++) {
      long id = file.number(at, idBytes);
      at += idBytes;
      int method = version == 0 ? 0 : file.u16(at, BIG_ENDIAN) & 15;
      at += (version == 0 ? 0 : 2) + 2;
      long base = file.number(at, baseBytes);
      at += baseBytes;
      int count = file.u16(at, BIG_ENDIAN);
      at += 2;
      List<Extent> list = new ArrayList<>();
      for (int j = 0; j < count && total < MAX_EXTENTS; j++, total++) {
        at += indexBytes;
        long offset = file.number(at, offsetBytes);
        at += offsetBytes;
        list.add(extent(method, base + offset, file.number(at, lengthBytes)));
        at += lengthBytes;
      }
      // Method 2 builds an item from others, which are looked at themselves.
      if (method < 2) {
        extents.put(id, list);
      }
    }
  }

  private Extent extent(int method, long offset, long length) {
    if (offset < 0) {
      throw new EndOfFile();
    }
    return method == 1 ? new Extent(itemData + offset, length) : new Extent(offset, length);
  }

  private void readProperties(Box box) {
    List<Box> children = Boxes.in(file, box.at(), box.end());
    Boxes.first(children, "ipco")
        .ifPresent(list -> properties.addAll(Boxes.in(file, list.at(), list.end())));
    children.stream().filter(child -> child.type().equals("ipma")).forEach(this::readAssociations);
  }

  private void readAssociations(Box box) {
    int idBytes = version(box) < 1 ? 2 : 4;
    int indexBytes = (file.u8(box.at() + 3) & 1) == 0 ? 1 : 2;
    long entries = file.u32(box.at() + 4, BIG_ENDIAN);
    long at = box.at() + 8;
    for (long i = 0; i < entries && i < MAX_ITEMS && at < box.end(); i++) {
      long id = file.number(at, idBytes);
      int count = file.u8(at + idBytes);
      at += idBytes + 1;
      List<Integer> indexes = new ArrayList<>();
      for (int j = 0; j < count; j++, at += indexBytes) {
        long index = file.number(at, indexBytes);
        // The highest bit says whether the property is essential.
        indexes.add((int) (index & (indexBytes == 1 ? 0x7f : 0x7fff)));
      }
      associations.put(id, indexes);
    }
  }

  private int version(Box box) {
    return file.u8(box.at());
  }

  private static void requireNumber(int... byteCounts) {
    for (int bytes : byteCounts) {
      if (bytes != 0 && bytes != 4 && bytes != 8) {
        throw new UnreadableHeaderException("a number has " + bytes + " bytes");
      }
    }
  }
}
