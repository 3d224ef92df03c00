package dev.in.metadata.header;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Numbers at positions of a file, through a window of 64 KiB. Reading behind the end throws {@link
 * EndOfFile}: for header readers that is the same as being truncated.
 */
public final class PictureFile implements AutoCloseable {
  private static final int WINDOW_BYTES = 64 << 10;

  private final FileChannel channel;
  private final long length;
  private final ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES);
  private long windowAt;
  private int windowLength;

  private PictureFile(FileChannel channel) throws IOException {
    this.channel = channel;
    this.length = channel.size();
  }

  public static PictureFile open(Path path) throws IOException {
    return new PictureFile(FileChannel.open(path, StandardOpenOption.READ));
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

  /** Big-endian, of up to eight bytes; a value beyond a long's reach ends the file. */
  long number(long at, int bytes) {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value = value << 8 | u8(at + i);
    }
    if (value < 0) {
      throw new EndOfFile();
    }
    return value;
  }

  public String text(long at, int bytes) {
    return new String(bytes(at, bytes), StandardCharsets.ISO_8859_1);
  }

  /** Allocates what is asked for: the caller has compared it with what a file may ask for. */
  public byte[] bytes(long at, int count) {
    if (at < 0 || at > length - count) {
      throw new EndOfFile();
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
  long indexOf(int octet, long from) {
    long at = from;
    while (true) {
      u8(at);
      byte[] seen = window.array();
      for (int i = (int) (at - windowAt); i < windowLength; i++) {
        if (seen[i] == (byte) octet) {
          return windowAt + i;
        }
      }
      at = windowAt + windowLength;
    }
  }

  private void load(long at) {
    if (at < 0 || at >= length) {
      throw new EndOfFile();
    }
    try {
      window.clear();
      int count = 0;
      while (window.hasRemaining() && count >= 0) {
        count = channel.read(window, at + window.position());
      }
      windowAt = at;
      windowLength = window.position();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** The file ends before what was looked for. */
  public static final class EndOfFile extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EndOfFile() {
      super("the file ends", null, false, false);
    }
  }
}
