package dev.in.formats;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Recognises a format by a file's first bytes. */
final class FormatSniffer {
  private static final Set<String> AVIF_BRANDS = Set.of("avif", "avis");
  private static final Set<String> HEIC_BRANDS =
      Set.of("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1");

  private final byte[] bytes;

  FormatSniffer(byte[] bytes) {
    this.bytes = bytes;
  }

  Optional<ImageFormat> sniff() {
    if (has(0, "\u00ff\u00d8\u00ff")) {
      return Optional.of(ImageFormat.JPEG);
    }
    if (has(0, "\u0089PNG\r\n\u001a\n")) {
      return Optional.of(ImageFormat.PNG);
    }
    if (has(0, "GIF87a") || has(0, "GIF89a")) {
      return Optional.of(ImageFormat.GIF);
    }
    if (has(0, "RIFF") && has(8, "WEBP")) {
      return Optional.of(ImageFormat.WEBP);
    }
    if (has(0, "II*\0") || has(0, "MM\0*") || isBigTiff()) {
      return Optional.of(ImageFormat.TIFF);
    }
    return isBmp() ? Optional.of(ImageFormat.BMP) : sniffHeif();
  }

  /** Behind the version stand the size of an offset, which is always 8, and a zero. */
  private boolean isBigTiff() {
    return has(0, "II+\0\b\0\0\0") || has(0, "MM\0+\0\b\0\0");
  }

  /**
   * "BM" begins many a text. A bitmap is recognised by the size of its second header: 12 (OS/2
   * 1.x), 16 to 64 (OS/2 2.x and Windows), 108 or 124 (Windows). The reserved words before it may
   * hold anything: readers ignore them, and some writers put a hotspot there.
   */
  private boolean isBmp() {
    if (!has(0, "BM") || bytes.length < 18) {
      return false;
    }
    int header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(14);
    return header == 12 || header >= 16 && header <= 64 || header == 108 || header == 124;
  }

  /**
   * ISO/IEC 23008-12: a file type box with the major brand first and the compatible ones behind it.
   * A file that is compatible with AVIF is one, as it is for browsers; a compatible brand suffices
   * for HEIC as well, whatever the major one is.
   */
  private Optional<ImageFormat> sniffHeif() {
    if (!has(4, "ftyp") || bytes.length < 16) {
      return Optional.empty();
    }
    int end = Math.min(ByteBuffer.wrap(bytes).getInt(0), bytes.length);
    Set<String> brands = new HashSet<>();
    brands.add(text(8));
    for (int at = 16; at + 4 <= end; at += 4) {
      brands.add(text(at));
    }
    if (brands.stream().anyMatch(AVIF_BRANDS::contains)) {
      return Optional.of(ImageFormat.AVIF);
    }
    return brands.stream().anyMatch(HEIC_BRANDS::contains)
        ? Optional.of(ImageFormat.HEIC)
        : Optional.empty();
  }

  private String text(int at) {
    return new String(bytes, at, 4, ISO_8859_1);
  }

  private boolean has(int at, String magic) {
    byte[] expected = magic.getBytes(ISO_8859_1);
    return bytes.length >= at + expected.length
        && Arrays.equals(bytes, at, at + expected.length, expected, 0, expected.length);
  }
}
