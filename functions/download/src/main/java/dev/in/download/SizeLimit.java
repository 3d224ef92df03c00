package dev.in.download;

import dev.in.core.failure.PermanentFailure;
import dev.in.events.FailureCode;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends a stream that is longer than an image may be. */
final class SizeLimit extends FilterInputStream {
  private final long maxBytes;
  private long seen;

  SizeLimit(InputStream in, long maxBytes) {
    super(in);
    this.maxBytes = maxBytes;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    count(value < 0 ? 0 : 1);
    return value;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = super.read(buffer, offset, length);
    count(Math.max(count, 0));
    return count;
  }

  private void count(int bytes) {
    seen += bytes;
    if (seen > maxBytes) {
      throw tooLarge(maxBytes);
    }
  }

  static PermanentFailure tooLarge(long maxBytes) {
    return new PermanentFailure(
        FailureCode.SOURCE_TOO_LARGE,
        "The file has more than %d MB, the most that is taken.".formatted(maxBytes >> 20));
  }
}
