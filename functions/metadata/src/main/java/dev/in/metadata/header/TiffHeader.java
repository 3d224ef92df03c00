package dev.in.metadata.header;

import dev.in.metadata.header.PictureFile.EndOfFile;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * TIFF 6.0: the first image file directory that is no reduced copy of another. What its strips or
 * tiles reach beyond the file is missing.
 */
final class TiffHeader implements HeaderReader {
  private static final int MAX_DIRECTORIES = 64;
  private static final int MAX_ENTRIES = 4096;
  private static final int MAX_STRIPS = 1 << 20;

  private static final int NEW_SUBFILE_TYPE = 254;
  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int STRIP_OFFSETS = 273;
  private static final int STRIP_BYTES = 279;
  private static final int TILE_OFFSETS = 324;
  private static final int TILE_BYTES = 325;

  @Override
  public Header read(PictureFile file) {
    ByteOrder order = file.text(0, 2).equals("II") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    Set<Long> seen = new HashSet<>();
    Optional<Header> first = Optional.empty();
    long at = file.u32(4, order);
    while (at != 0 && seen.add(at) && seen.size() <= MAX_DIRECTORIES) {
      Directory directory = new Directory(file, order, at);
      Optional<Header> header = directory.header();
      if (header.isPresent() && !directory.isReduced()) {
        return header.get();
      }
      first = first.or(() -> header);
      at = directory.next();
    }
    return first.orElseThrow(() -> new UnreadableHeaderException("no directory tells a size"));
  }

  private record Directory(PictureFile file, ByteOrder order, long at) {

    Optional<Header> header() {
      Optional<Long> width = find(WIDTH).map(entry -> value(entry, 0));
      Optional<Long> height = find(HEIGHT).map(entry -> value(entry, 0));
      if (width.isEmpty() || height.isEmpty()) {
        return Optional.empty();
      }
      boolean truncated =
          reachesBeyond(STRIP_OFFSETS, STRIP_BYTES) || reachesBeyond(TILE_OFFSETS, TILE_BYTES);
      return Optional.of(Header.of(width.get(), height.get(), truncated));
    }

    boolean isReduced() {
      return find(NEW_SUBFILE_TYPE).map(entry -> (value(entry, 0) & 1) == 1).orElse(false);
    }

    long next() {
      try {
        return file.u32(at + 2 + 12L * entries(), order);
      } catch (EndOfFile e) {
        return 0;
      }
    }

    private int entries() {
      int count = file.u16(at, order);
      if (count > MAX_ENTRIES) {
        throw new UnreadableHeaderException("a directory has " + count + " entries");
      }
      return count;
    }

    /** The position of the tag's entry. */
    private Optional<Long> find(int tag) {
      int count = entries();
      for (int i = 0; i < count; i++) {
        long entry = at + 2 + 12L * i;
        if (file.u16(entry, order) == tag) {
          return Optional.of(entry);
        }
      }
      return Optional.empty();
    }

    private boolean reachesBeyond(int offsetsTag, int bytesTag) {
      Optional<Long> offsets = find(offsetsTag);
      Optional<Long> bytes = find(bytesTag);
      if (offsets.isEmpty() || bytes.isEmpty()) {
        return false;
      }
      try {
        long count = Math.min(file.u32(offsets.get() + 4, order), MAX_STRIPS);
        for (int i = 0; i < count; i++) {
          if (value(offsets.get(), i) + value(bytes.get(), i) > file.length()) {
            return true;
          }
        }
        return false;
      } catch (EndOfFile e) {
        return true;
      }
    }

    /** One of an entry's values, SHORT or LONG; up to four bytes of them stand in the entry. */
    private long value(long entry, int index) {
      int size =
          switch (file.u16(entry + 2, order)) {
            case 1 -> 1;
            case 3 -> 2;
            case 4, 13 -> 4;
            default -> throw new UnreadableHeaderException("a size is no whole number");
          };
      long count = file.u32(entry + 4, order);
      long values = count * size <= 4 ? entry + 8 : file.u32(entry + 8, order);
      long position = values + (long) index * size;
      return switch (size) {
        case 1 -> file.u8(position);
        case 2 -> file.u16(position, order);
        default -> file.u32(position, order);
      };
    }
  }
}
