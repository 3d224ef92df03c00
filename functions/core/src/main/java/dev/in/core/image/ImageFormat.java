package dev.in.core.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The picture formats that iN takes, told by their first bytes and never by name or by what a host
 * says. Whatever is not here is {@code unsupported_type}: metadata libraries can be led astray by
 * formats nobody asked for.
 */
public enum ImageFormat {
  JPEG("image/jpeg"),
  PNG("image/png"),
  GIF("image/gif"),
  WEBP("image/webp"),
  TIFF("image/tiff"),
  BMP("image/bmp"),
  HEIC("image/heic"),
  AVIF("image/avif");

  /** So many bytes tell; fewer do where the file has no more. */
  public static final int HEADER_BYTES = 512;

  private static final Set<String> AVIF_BRANDS = Set.of("avif", "avis");
  private static final Set<String> HEIC_BRANDS =
      Set.of("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1");

  private final String contentType;

  ImageFormat(String contentType) {
    this.contentType = contentType;
  }

  /** The media type, as in {@code image/jpeg}. */
  public String contentType() {
    return contentType;
  }

  public static Optional<ImageFormat> ofContentType(String contentType) {
    return Arrays.stream(values())
        .filter(format -> format.contentType.equals(contentType))
        .findFirst();
  }

  /**
   * The format of a file that begins like that; empty if iN does not take it.
   *
   * @param header the first {@link #HEADER_BYTES} bytes, or all there are
   */
  public static Optional<ImageFormat> sniff(byte[] header) {
    if (starts(header, 0, "\u00ff\u00d8\u00ff")) {
      return Optional.of(JPEG);
    }
    if (starts(header, 0, "\u0089PNG\r\n\u001a\n")) {
      return Optional.of(PNG);
    }
    if (starts(header, 0, "GIF87a") || starts(header, 0, "GIF89a")) {
      return Optional.of(GIF);
    }
    if (starts(header, 0, "RIFF") && starts(header, 8, "WEBP")) {
      return Optional.of(WEBP);
    }
    if (starts(header, 0, "II*\0") || starts(header, 0, "MM\0*")) {
      return Optional.of(TIFF);
    }
    if (isBmp(header)) {
      return Optional.of(BMP);
    }
    return sniffHeif(header);
  }

  /** "BM" begins many a text: the two reserved words behind the size must be zero as well. */
  private static boolean isBmp(byte[] header) {
    return starts(header, 0, "BM") && header.length >= 18 && starts(header, 6, "\0\0\0\0");
  }

  /** ISO/IEC 23008-12: a file type box with the brand first and the compatible ones behind it. */
  private static Optional<ImageFormat> sniffHeif(byte[] header) {
    if (!starts(header, 4, "ftyp") || header.length < 16) {
      return Optional.empty();
    }
    int end = Math.min(ByteBuffer.wrap(header).getInt(0), header.length);
    Set<String> brands = new HashSet<>();
    brands.add(text(header, 8));
    for (int at = 16; at + 4 <= end; at += 4) {
      brands.add(text(header, at));
    }
    if (brands.stream().anyMatch(AVIF_BRANDS::contains)) {
      return Optional.of(AVIF);
    }
    return HEIC_BRANDS.contains(text(header, 8)) ? Optional.of(HEIC) : Optional.empty();
  }

  private static String text(byte[] header, int at) {
    return new String(header, at, 4, ISO_8859_1);
  }

  private static boolean starts(byte[] header, int at, String magic) {
    byte[] expected = magic.getBytes(ISO_8859_1);
    return header.length >= at + expected.length
        && Arrays.equals(header, at, at + expected.length, expected, 0, expected.length);
  }
}
