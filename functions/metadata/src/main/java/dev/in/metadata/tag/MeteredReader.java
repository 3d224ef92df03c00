package dev.in.metadata.tag;

import com.drew.lang.BufferBoundsException;
import com.drew.lang.RandomAccessReader;
import dev.in.formats.bytes.ImageBytes;
import dev.in.formats.bytes.Slice;
import java.io.IOException;

/**
 * Hands a stretch of a file to the library, and so many bytes of it in all: a few kilobytes of tags
 * can point at the same large values thousands of times.
 */
final class MeteredReader extends RandomAccessReader {
  /** EXIF of a JPEG has at most 64 KiB, and most is read once. */
  private static final int MAX_BYTES = 1 << 20;

  private final ImageBytes file;
  private final Slice slice;
  private int bytesLeft = MAX_BYTES;

  MeteredReader(ImageBytes file, Slice slice) {
    this.file = file;
    this.slice = slice;
  }

  @Override
  public int toUnshiftedOffset(int localOffset) {
    return localOffset;
  }

  @Override
  public byte getByte(int index) throws IOException {
    validateIndex(index, 1);
    return (byte) file.u8(slice.at() + index);
  }

  @Override
  public byte[] getBytes(int index, int count) throws IOException {
    validateIndex(index, count);
    return file.bytes(slice.at() + index, count);
  }

  @Override
  protected void validateIndex(int index, int bytesRequested) throws IOException {
    if (!isValidIndex(index, bytesRequested)) {
      throw new BufferBoundsException(index, bytesRequested, getLength());
    }
    bytesLeft -= bytesRequested;
    if (bytesLeft < 0) {
      throw new IOException("the tags refer to more than " + MAX_BYTES + " bytes");
    }
  }

  @Override
  protected boolean isValidIndex(int index, int bytesRequested) {
    return index >= 0 && bytesRequested >= 0 && index + (long) bytesRequested <= slice.length();
  }

  @Override
  public long getLength() {
    return slice.length();
  }
}
