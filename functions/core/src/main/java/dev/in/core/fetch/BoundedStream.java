package dev.in.core.fetch;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Lets so many bytes through and throws at the next one. */
final class BoundedStream extends FilterInputStream {
  private final long limit;
  private long read;

  BoundedStream(InputStream in, long limit) {
    super(in);
    this.limit = limit;
  }

  @Override
  public int read() throws IOException {
    int octet = super.read();
    if (octet >= 0) {
      count(1);
    }
    return octet;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = super.read(buffer, offset, length);
    if (count > 0) {
      count(count);
    }
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    throw new UnsupportedOperationException("every byte is counted");
  }

  private void count(int more) throws BodyFailure {
    read += more;
    if (read > limit) {
      throw new BodyFailure(FetchFailure.tooLarge(limit));
    }
  }
}
