package dev.in.runner.report;

import java.io.IOException;
import java.util.Optional;

/** Where a picture's bytes come from. Asked only when the report comes to that picture. */
@FunctionalInterface
public interface Original {
  /** The most that iN takes (docs/contract.md, {@code source_too_large}). */
  int MAX_BYTES = 50_000_000;

  /**
   * Reads them.
   *
   * @return empty where there is no picture
   * @throws IOException with a message for people, where there should be one
   */
  Optional<byte[]> read() throws IOException;
}
