package dev.in.analysis.image;

import java.nio.ByteBuffer;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * Hands a buffer to ImageIO, from memory or a mapped file alike, and remembers whether a codec
 * asked for more than there is: the one sign of a cut file that all codecs share.
 */
final class ByteBufferImageInputStream extends ImageInputStreamImpl {
  private final ByteBuffer data;
  private boolean ranOut;

  ByteBufferImageInputStream(ByteBuffer data) {
    this.data = data;
  }

  /** Whether a read went past the end of the data. */
  boolean ranOut() {
    return ranOut;
  }

  @Override
  public int read() {
    bitOffset = 0;
    if (streamPos >= data.limit()) {
      ranOut = true;
      return -1;
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
      ranOut = true;
      return -1;
    }
    int count = (int) Math.min(length, data.limit() - streamPos);
    data.get((int) streamPos, target, offset, count);
    streamPos += count;
    return count;
  }

  @Override
  public long length() {
    return data.limit();
  }
}
