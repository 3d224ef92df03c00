package dev.in.download;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** Size, SHA-256 and CRC32C of what streams by. */
final class Digests {
  private final MessageDigest sha256 = newSha256();
  private final CRC32C crc32c = new CRC32C();
  private long sizeBytes;

  /** The same stream, with every byte counted as it is read; it must be read to its end. */
  InputStream over(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        if (count > 0) {
          sha256.update(buffer, offset, count);
          crc32c.update(buffer, offset, count);
          sizeBytes += count;
        }
        return count;
      }

      @Override
      public boolean markSupported() {
        return false;
      }
    };
  }

  long sizeBytes() {
    return sizeBytes;
  }

  /** 64 lower-case hex digits; ends the digest. */
  String sha256() {
    return HexFormat.of().formatHex(sha256.digest());
  }

  /** Base64 of the big-endian checksum, as Cloud Storage writes it. */
  String crc32c() {
    return Base64.getEncoder()
        .encodeToString(ByteBuffer.allocate(4).putInt((int) crc32c.getValue()).array());
  }

  private static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
