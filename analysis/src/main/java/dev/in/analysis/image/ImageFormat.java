package dev.in.analysis.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/** The kinds of picture that are decoded, told by their first bytes and never by a name. */
public enum ImageFormat {
  JPEG,
  PNG,
  GIF,
  BMP,
  WEBP,
  TIFF,
  /** HEIC and AVIF: one container, one library. */
  HEIF;

  /** Brands of ISO/IEC 23008-12 (HEIF) and of AVIF 1.1 whose primary item is a still picture. */
  private static final Set<String> HEIF_BRANDS =
      Set.of("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1", "avif", "avis");

  /** Returns the kind of the data, or nothing where no signature fits. */
  public static Optional<ImageFormat> sniff(ByteBuffer data) {
    if (startsWith(data, 0, 0xFF, 0xD8, 0xFF)) {
      return Optional.of(JPEG);
    }
    if (startsWith(data, 0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n')) {
      return Optional.of(PNG);
    }
    if (startsWith(data, 0, 'G', 'I', 'F', '8')) {
      return Optional.of(GIF);
    }
    if (startsWith(data, 0, 'R', 'I', 'F', 'F') && startsWith(data, 8, 'W', 'E', 'B', 'P')) {
      return Optional.of(WEBP);
    }
    if (startsWith(data, 0, 'I', 'I', 42, 0) || startsWith(data, 0, 'M', 'M', 0, 42)) {
      return Optional.of(TIFF);
    }
    if (startsWith(data, 4, 'f', 't', 'y', 'p') && HEIF_BRANDS.contains(word(data, 8))) {
      return Optional.of(HEIF);
    }
    // Two letters are a weak sign: the size of the second header, at most 124, is another.
    if (startsWith(data, 0, 'B', 'M') && startsWith(data, 15, 0, 0, 0)) {
      return Optional.of(BMP);
    }
    return Optional.empty();
  }

  private static boolean startsWith(ByteBuffer data, int offset, int... signature) {
    if (data.limit() < offset + signature.length) {
      return false;
    }
    for (int i = 0; i < signature.length; i++) {
      if ((data.get(offset + i) & 0xFF) != signature[i]) {
        return false;
      }
    }
    return true;
  }

  private static String word(ByteBuffer data, int offset) {
    if (data.limit() < offset + 4) {
      return "";
    }
    byte[] word = new byte[4];
    data.get(offset, word);
    return new String(word, StandardCharsets.ISO_8859_1);
  }
}
