package dev.in.emulator.storage.object;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.CRC32C;

/**
 * The checksums of a content as Cloud Storage writes them.
 *
 * @param crc32c base64 of four bytes, big-endian
 * @param md5 base64 of sixteen bytes
 */
public record Hashes(String crc32c, String md5) {

  /** The value of an {@code x-goog-hash} header. */
  public String header() {
    return "crc32c=" + crc32c + ",md5=" + md5;
  }

  /** Works out both while the bytes go by. */
  static final class Running {
    private final CRC32C crc = new CRC32C();
    private final MessageDigest digest = md5();

    void update(byte[] bytes, int offset, int length) {
      crc.update(bytes, offset, length);
      digest.update(bytes, offset, length);
    }

    Hashes finish() {
      byte[] crcBytes = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
      return new Hashes(
          Base64.getEncoder().encodeToString(crcBytes),
          Base64.getEncoder().encodeToString(digest.digest()));
    }

    private static MessageDigest md5() {
      try {
        return MessageDigest.getInstance("MD5");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("Every Java platform has MD5", e);
      }
    }
  }
}
