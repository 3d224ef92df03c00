package dev.in.formats.bytes;

import static java.util.Objects.requireNonNull;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Numbers and text at positions of an image's file, which lies on disk (and is read through a
 * window of 64 KiB) or in memory. Reading beyond the end throws {@link EndOfFileException}: for
 * header readers that is the same as being truncated. Not thread-safe.
 */
public final class ImageBytes implements AutoCloseable {
  private static final int WINDOW_BYTES = 64 << 10;

  private final Source source;
  private final Closeable resource;
  private final long length;
  private final ByteBuffer window;
  private long windowAt;
  private int windowLength;

  /** Where the bytes come from. */
  @FunctionalInterface
  public interface Source {
    /** Reads bytes from that position on, as {@link FileChannel#read(ByteBuffer, long)} does. */
    int read(ByteBuffer target, long at) throws IOException;
  }

  private ImageBytes(
      Source source, Closeable resource, long length, ByteBuffer window, int windowLength) {
    this.source = requireNonNull(source, "source is null");
    this.resource = requireNonNull(resource, "resource is null");
    this.length = length;
    this.window = requireNonNull(window, "window is null");
    this.windowLength = windowLength;
  }

  /** A file's bytes; closing them closes the file. */
  public static ImageBytes open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      return new ImageBytes(
          channel::read, channel, channel.size(), ByteBuffer.allocate(WINDOW_BYTES), 0);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** The bytes of a buffer from its position to its limit; closing them does nothing. */
  public static ImageBytes of(ByteBuffer data) {
    ByteBuffer all = data.slice();
    return new ImageBytes((target, at) -> -1, () -> {}, all.limit(), all, all.limit());
  }

  public static ImageBytes of(byte[] data) {
    return of(ByteBuffer.wrap(data));
  }

  /** So many bytes of any other source; closing them does nothing. */
  public static ImageBytes of(Source source, long length) {
    return new ImageBytes(source, () -> {}, length, ByteBuffer.allocate(WINDOW_BYTES), 0);
  }

  /** In bytes. */
  public long length() {
    return length;
  }

  public int u8(long at) {
    if (at < windowAt || at >= windowAt + windowLength) {
      load(at);
    }
    return window.get((int) (at - windowAt)) & 0xff;
  }

  public int u16(long at, ByteOrder order) {
    int first = u8(at);
    int second = u8(at + 1);
    return order == ByteOrder.BIG_ENDIAN ? first << 8 | second : second << 8 | first;
  }

  public long u32(long at, ByteOrder order) {
    long first = u16(at, order);
    long second = u16(at + 2, order);
    return order == ByteOrder.BIG_ENDIAN ? first << 16 | second : second << 16 | first;
  }

  /** A value beyond a long's range is beyond the file as well. */
  public long u64(long at, ByteOrder order) {
    long first = u32(at, order);
    long second = u32(at + 4, order);
    return nonNegative(order == ByteOrder.BIG_ENDIAN ? first << 32 | second : second << 32 | first);
  }

  static long nonNegative(long value) {
    if (value < 0) {
      throw new EndOfFileException();
    }
    return value;
  }

  /** Text of one byte a character. */
  public String text(long at, int bytes) {
    return new String(bytes(at, bytes), StandardCharsets.ISO_8859_1);
  }

  /** Whether that text stands there. */
  public boolean hasText(long at, String text) {
    return at >= 0 && at <= length - text.length() && text(at, text.length()).equals(text);
  }

  /** Allocates what is asked for: the caller has compared it with what a file may ask for. */
  public byte[] bytes(long at, int count) {
    if (at < 0 || at > length - count) {
      throw new EndOfFileException();
    }
    byte[] bytes = new byte[count];
    for (int done = 0; done < count; ) {
      u8(at + done);
      int from = (int) (at + done - windowAt);
      int step = Math.min(count - done, windowLength - from);
      window.get(from, bytes, done, step);
      done += step;
    }
    return bytes;
  }

  /** The next position from there on that holds this byte. */
  public long indexOf(int octet, long from) {
    long at = from;
    while (true) {
      u8(at);
      for (int i = (int) (at - windowAt); i < windowLength; i++) {
        if (window.get(i) == (byte) octet) {
          return windowAt + i;
        }
      }
      at = windowAt + windowLength;
    }
  }

  private void load(long at) {
    if (at < 0 || at >= length) {
      throw new EndOfFileException();
    }
    try {
      window.clear();
      int count = 0;
      while (window.hasRemaining() && count >= 0) {
        count = source.read(window, at + window.position());
      }
      windowAt = at;
      windowLength = window.position();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (windowLength == 0) {
      throw new EndOfFileException();
    }
  }

  @Override
  public void close() throws IOException {
    resource.close();
  }
}
