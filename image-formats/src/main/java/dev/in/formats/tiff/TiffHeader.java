package dev.in.formats.tiff;

import dev.in.formats.bytes.EndOfFileException;
import dev.in.formats.bytes.ImageBytes;
import dev.in.formats.bytes.Slice;
import dev.in.formats.header.ImageHeader;
import dev.in.formats.header.UnreadableHeaderException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * TIFF 6.0 and BigTIFF: the first image file directory that is not a reduced copy of another. What
 * its strips or tiles reach beyond the file is missing.
 *
 * <p>The work has one bound for the whole file, however many directories it has: each is only asked
 * for its size, and the tables of the chosen one are compared up to {@link #MAX_COMPARED} entries.
 */
public final class TiffHeader {
  private static final int MAX_DIRECTORIES = 64;

  /** A table of 100 megapixels in strips of one row of 50 pixels would be as long. */
  static final long MAX_COMPARED = 2_000_000;

  private static final int NEW_SUBFILE_TYPE = 254;
  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int STRIP_OFFSETS = 273;
  private static final int STRIP_BYTES = 279;
  private static final int TILE_OFFSETS = 324;
  private static final int TILE_BYTES = 325;

  private TiffHeader() {}

  public static ImageHeader read(ImageBytes file) {
    TiffStructure tiff =
        TiffStructure.in(file, Slice.all(file))
            .orElseThrow(() -> new UnreadableHeaderException("it does not begin as a TIFF does"));
    return primary(tiff)
        .orElseThrow(() -> new UnreadableHeaderException("no directory states a size"))
        .header();
  }

  /**
   * How many of the first {@link #MAX_DIRECTORIES} directories are pages rather than reduced copies
   * of others: 1 at least. Those before the file breaks off count.
   */
  public static int pages(ImageBytes file) {
    int pages = 0;
    try {
      Set<Long> seen = new HashSet<>();
      Optional<TiffDirectory> next =
          TiffStructure.in(file, Slice.all(file)).flatMap(TiffStructure::first);
      while (next.isPresent() && seen.size() < MAX_DIRECTORIES && seen.add(next.get().at())) {
        TiffDirectory directory = next.get();
        if (page(seen.size() - 1, directory).isPresent() && !isReduced(directory)) {
          pages++;
        }
        next = directory.next();
      }
    } catch (EndOfFileException | UnreadableHeaderException e) {
      return Math.max(1, pages);
    }
    return Math.max(1, pages);
  }

  private record Page(int index, TiffDirectory directory, long width, long height) {
    ImageHeader header() {
      return ImageHeader.ofPage(
          index, width, height, ExifOrientation.in(directory), isTruncated(directory));
    }
  }

  /** The first page that is not reduced; of reduced ones alone, the first. */
  private static Optional<Page> primary(TiffStructure tiff) {
    Set<Long> seen = new HashSet<>();
    Optional<Page> first = Optional.empty();
    Optional<TiffDirectory> next = tiff.first();
    for (int index = 0; index < MAX_DIRECTORIES && next.isPresent(); index++) {
      TiffDirectory directory = next.get();
      if (!seen.add(directory.at())) {
        break;
      }
      Optional<Page> page = page(index, directory);
      if (page.isPresent() && !isReduced(directory)) {
        return page;
      }
      first = first.or(() -> page);
      next = directory.next();
    }
    return first;
  }

  private static Optional<Page> page(int index, TiffDirectory directory) {
    Optional<Long> width = directory.number(WIDTH);
    Optional<Long> height = directory.number(HEIGHT);
    return width.isPresent() && height.isPresent()
        ? Optional.of(new Page(index, directory, width.get(), height.get()))
        : Optional.empty();
  }

  private static boolean isReduced(TiffDirectory directory) {
    return directory.number(NEW_SUBFILE_TYPE).map(type -> (type & 1) == 1).orElse(false);
  }

  private static boolean isTruncated(TiffDirectory directory) {
    return reachesBeyond(directory, STRIP_OFFSETS, STRIP_BYTES)
        || reachesBeyond(directory, TILE_OFFSETS, TILE_BYTES);
  }

  private static boolean reachesBeyond(TiffDirectory directory, int offsetsTag, int bytesTag) {
    try {
      Optional<TiffValues> offsets = directory.find(offsetsTag);
      Optional<TiffValues> bytes = directory.find(bytesTag);
      return offsets.isPresent()
          && bytes.isPresent()
          && offsets.get().anyEndsBeyondTheFile(bytes.get(), MAX_COMPARED);
    } catch (EndOfFileException e) {
      return true;
    }
  }
}
