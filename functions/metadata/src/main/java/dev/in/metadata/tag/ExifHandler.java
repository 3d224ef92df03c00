package dev.in.metadata.tag;

import com.drew.imaging.tiff.TiffProcessingException;
import com.drew.lang.RandomAccessReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import com.drew.metadata.exif.GpsDirectory;
import com.drew.metadata.tiff.DirectoryTiffHandler;
import dev.in.formats.bytes.Slice;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Says what the library keeps: the three directories that iN reads, each once, and no value of more
 * than 64 KiB. Makers' notes, thumbnails and further pages are passed over: none is asked for, and
 * they are where hostile files lead libraries astray. Blocks that other readers decode are noted by
 * their place.
 */
final class ExifHandler extends DirectoryTiffHandler {
  private static final int TIFF = 42;
  private static final int MAX_VALUE_BYTES = 64 << 10;
  private static final Set<Integer> BLOCKS =
      Set.of(
          ExifDirectoryBase.TAG_APPLICATION_NOTES,
          ExifDirectoryBase.TAG_IPTC_NAA,
          ExifDirectoryBase.TAG_PHOTOSHOP_SETTINGS,
          ExifDirectoryBase.TAG_INTER_COLOR_PROFILE);

  private final Slice tiff;
  private final Map<Integer, Slice> blocks = new HashMap<>();
  private boolean exifSeen;
  private boolean gpsSeen;

  ExifHandler(Metadata metadata, Slice tiff) {
    super(metadata, null);
    this.tiff = tiff;
  }

  /** Positions in the file, by tag; it fills as the library reads. */
  Map<Integer, Slice> blocks() {
    return Collections.unmodifiableMap(blocks);
  }

  @Override
  public void setTiffMarker(int marker) throws TiffProcessingException {
    if (marker != TIFF) {
      throw new TiffProcessingException("Unexpected TIFF marker: " + marker);
    }
    pushDirectory(new ExifIFD0Directory());
  }

  @Override
  public boolean tryEnterSubIfd(int tag) {
    if (!(_currentDirectory instanceof ExifIFD0Directory)) {
      return false;
    }
    if (tag == ExifIFD0Directory.TAG_EXIF_SUB_IFD_OFFSET && !exifSeen) {
      exifSeen = true;
      pushDirectory(new ExifSubIFDDirectory());
      return true;
    }
    if (tag == ExifIFD0Directory.TAG_GPS_INFO_OFFSET && !gpsSeen) {
      gpsSeen = true;
      pushDirectory(new GpsDirectory());
      return true;
    }
    return false;
  }

  @Override
  public boolean hasFollowerIfd() {
    return false;
  }

  /** Null stands for an unknown format. */
  @Override
  public Long tryCustomProcessFormat(int tag, int format, long components) {
    return null;
  }

  /** True where the library is to go on to the next tag. */
  @Override
  public boolean customProcessTag(
      int offset,
      Set<Integer> directoriesSeen,
      int tiffHeader,
      RandomAccessReader reader,
      int tag,
      int byteCount) {
    if (BLOCKS.contains(tag) && _currentDirectory instanceof ExifIFD0Directory) {
      blocks.putIfAbsent(tag, new Slice(tiff.at() + offset, byteCount));
      return true;
    }
    return tag == ExifDirectoryBase.TAG_MAKERNOTE || byteCount > MAX_VALUE_BYTES || byteCount < 0;
  }
}
