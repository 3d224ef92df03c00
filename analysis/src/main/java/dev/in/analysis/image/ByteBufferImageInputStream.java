package dev.in.analysis.image;

import java.nio.ByteBuffer;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * Hands a buffer to ImageIO, from memory or a mapped file alike, and remembers whether a codec
 * asked for more than there is: the one sign of a cut file that all codecs share.
 */
final class ByteBufferImageInputStream extends ImageInputStreamImpl {
  /**
   * How often a codec may read past the end. TwelveMonkeys' WebP reader takes the end for zeros and
   * goes on for minutes on a file of a hundred bytes, whatever exception is thrown.
   */
  private static final int MAX_READS_PAST_END = 1_000;

  private final ByteBuffer data;
  private int readsPastEnd;

  ByteBufferImageInputStream(ByteBuffer data) {
    this.data = data;
  }

  /** Whether a read went past the end of the data. */
  boolean ranOut() {
    return readsPastEnd > 0;
  }

  @Override
  public int read() {
    bitOffset = 0;
    if (streamPos >= data.limit()) {
      return end();
    }
    return data.get((int) streamPos++) & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    bitOffset = 0;
    if (length == 0) {
      return 0;
    }
    if (streamPos >= data.limit()) {
      return end();
    }
    int count = (int) Math.min(length, data.limit() - streamPos);
    data.get((int) streamPos, target, offset, count);
    streamPos += count;
    return count;
  }

  private int end() {
    if (++readsPastEnd > MAX_READS_PAST_END) {
      // Not an IOException: codecs swallow those.
      throw new IllegalStateException("the codec goes on reading beyond the end");
    }
    return -1;
  }

  @Override
  public long length() {
    return data.limit();
  }
}
