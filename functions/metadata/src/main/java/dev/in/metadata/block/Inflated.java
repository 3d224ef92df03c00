package dev.in.metadata.block;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Unpacks zlib streams that may be made to unpack for ever. */
final class Inflated {
  private Inflated() {}

  /** What comes out, up to a limit; empty if nothing does. */
  static Optional<byte[]> upTo(int limit, byte[] packed, int from) {
    ByteArrayOutputStream unpacked = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    try (Inflater inflater = new Inflater()) {
      inflater.setInput(packed, from, packed.length - from);
      int count = inflater.inflate(buffer);
      while (count > 0 && unpacked.size() < limit) {
        unpacked.write(buffer, 0, Math.min(count, limit - unpacked.size()));
        count = inflater.inflate(buffer);
      }
    } catch (DataFormatException e) {
      // What came out before the fault counts.
    }
    return unpacked.size() == 0 ? Optional.empty() : Optional.of(unpacked.toByteArray());
  }
}
