package dev.in.runner.report;

import dev.in.limits.Limits;
import java.io.IOException;
import java.util.Optional;

/** Where an image's bytes come from. Asked only when the report comes to that image. */
@FunctionalInterface
public interface Original {
  /** The most that iN takes (docs/contract.md, {@code source_too_large}). */
  int MAX_BYTES = Limits.MAX_IMAGE_BYTES;

  /**
   * Reads them.
   *
   * @return empty where no image is left
   * @throws IOException with a message for people, where there should be one
   */
  Optional<byte[]> read() throws IOException;
}
