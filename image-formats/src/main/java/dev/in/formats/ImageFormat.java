package dev.in.formats;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * The image formats that iN takes, recognised by their first bytes and never by name or by what a
 * host says. Whatever is not here is {@code unsupported_type}: decoders and metadata libraries can
 * be led astray by formats that nobody asked for.
 */
public enum ImageFormat {
  JPEG("image/jpeg"),
  PNG("image/png"),
  GIF("image/gif"),
  WEBP("image/webp"),
  /** Classic TIFF and BigTIFF. */
  TIFF("image/tiff"),
  BMP("image/bmp"),
  HEIC("image/heic"),
  AVIF("image/avif");

  /** So many bytes suffice to recognise a format; fewer do where the file has no more. */
  public static final int SNIFF_BYTES = 512;

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
   * @param beginning the first {@link #SNIFF_BYTES} bytes or more, or all there are
   */
  public static Optional<ImageFormat> sniff(byte[] beginning) {
    return sniff(ByteBuffer.wrap(beginning));
  }

  /**
   * The format of a file that begins like that; empty if iN does not take it.
   *
   * @param beginning likewise, from the buffer's position on
   */
  public static Optional<ImageFormat> sniff(ByteBuffer beginning) {
    ByteBuffer from = beginning.slice();
    byte[] bytes = new byte[Math.min(SNIFF_BYTES, from.limit())];
    from.get(bytes);
    return new FormatSniffer(bytes).sniff();
  }
}
