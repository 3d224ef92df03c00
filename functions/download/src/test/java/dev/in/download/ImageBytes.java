package dev.in.download;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.CRC32C;

/** Files that begin as images do; nobody here looks further than their first bytes. */
final class ImageBytes {
  static final String JPEG = "\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF\0";

  private ImageBytes() {}

  static byte[] beginning(String magic, int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    byte[] start = magic.getBytes(ISO_8859_1);
    System.arraycopy(start, 0, bytes, 0, start.length);
    return bytes;
  }

  static byte[] jpeg(int size) {
    return beginning(JPEG, size);
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** As Cloud Storage writes it: base64 of four bytes, the most significant first. */
  static String crc32c(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    long value = crc.getValue();
    return Base64.getEncoder()
        .encodeToString(
            new byte[] {
              (byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value
            });
  }
}
