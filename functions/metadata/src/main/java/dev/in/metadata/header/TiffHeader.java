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
      TiffDirectory directory = new TiffDirectory(file, order, at);
      Optional<Header> header = header(directory);
      if (header.isPresent() && !isReduced(directory)) {
        return header.get();
      }
      first = first.or(() -> header);
      at = directory.next();
    }
    return first.orElseThrow(() -> new UnreadableHeaderException("no directory tells a size"));
  }

  private static Optional<Header> header(TiffDirectory directory) {
    Optional<TiffDirectory.Values> width = directory.find(WIDTH);
    Optional<TiffDirectory.Values> height = directory.find(HEIGHT);
    if (width.isEmpty() || height.isEmpty()) {
      return Optional.empty();
    }
    boolean truncated =
        reachesBeyond(directory, STRIP_OFFSETS, STRIP_BYTES)
            || reachesBeyond(directory, TILE_OFFSETS, TILE_BYTES);
    return Optional.of(Header.of(width.get().first(), height.get().first(), truncated));
  }

  private static boolean isReduced(TiffDirectory directory) {
    return directory.find(NEW_SUBFILE_TYPE).map(type -> (type.first() & 1) == 1).orElse(false);
  }

  private static boolean reachesBeyond(TiffDirectory directory, int offsetsTag, int bytesTag) {
    Optional<TiffDirectory.Values> offsets = directory.find(offsetsTag);
    Optional<TiffDirectory.Values> bytes = directory.find(bytesTag);
    try {
      return offsets.isPresent()
          && bytes.isPresent()
          && offsets.get().anyEndsBeyondTheFile(bytes.get());
    } catch (EndOfFile e) {
      return true;
    }
  }
}
