package dev.in.metadata.block;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Photoshop's image resource blocks, of which IPTC's is one. */
public final class PhotoshopResources {
  private static final int SIGNATURE = 0x3842494d; // 8BIM
  private static final int IPTC = 0x0404;

  private PhotoshopResources() {}

  /** The IPTC-IIM datasets; empty if there are none, or the blocks make no sense before them. */
  public static Optional<byte[]> iptc(byte[] resources) {
    ByteBuffer buffer = ByteBuffer.wrap(resources);
    try {
      while (buffer.remaining() >= 12 && buffer.getInt() == SIGNATURE) {
        int id = buffer.getShort() & 0xffff;
        int nameLength = buffer.get() & 0xff;
        // The name with its length, and the content, fill an even number of bytes each.
        skip(buffer, nameLength + (1 - nameLength % 2));
        int length = buffer.getInt();
        if (id == IPTC) {
          byte[] content = new byte[Math.clamp(length, 0, buffer.remaining())];
          buffer.get(content);
          return Optional.of(content);
        }
        skip(buffer, (long) length + (length & 1));
      }
      return Optional.empty();
    } catch (BufferUnderflowException e) {
      return Optional.empty();
    }
  }

  private static void skip(ByteBuffer buffer, long bytes) {
    if (bytes < 0 || bytes > buffer.remaining()) {
      throw new BufferUnderflowException();
    }
    buffer.position(buffer.position() + (int) bytes);
  }
}
