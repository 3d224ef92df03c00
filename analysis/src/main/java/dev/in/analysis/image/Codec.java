package dev.in.analysis.image;

import dev.in.formats.header.ImageHeader;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Decodes images of one format, or of several that are decoded alike. */
interface Codec {
  /**
   * Decodes the first image.
   *
   * @param data the whole file; position 0, read by absolute offsets
   * @param header what the file's structure says; its size is within the limits
   * @throws IOException or a RuntimeException where the data is not what the codec expects
   */
  DecodedImage decode(ByteBuffer data, ImageHeader header, DecodeLimits limits)
      throws DecodeException, IOException;
}
