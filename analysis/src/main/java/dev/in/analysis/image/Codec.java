package dev.in.analysis.image;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Decodes pictures of one format, or of several that are decoded alike. */
interface Codec {
  /**
   * Decodes the first picture.
   *
   * @param data the whole file; position 0, read by absolute offsets
   * @throws IOException or a RuntimeException where the data is not what the codec expects
   */
  DecodedImage decode(ByteBuffer data, DecodeLimits limits) throws DecodeException, IOException;
}
