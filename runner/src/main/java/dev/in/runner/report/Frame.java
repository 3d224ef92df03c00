package dev.in.runner.report;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What the report shows of a picture: the picture, or why it cannot.
 *
 * @param address its bytes, as a {@code data:} URL
 * @param overlay what was found, to be laid over it
 * @param reason for people
 */
record Frame(Optional<String> address, Optional<Overlay> overlay, Optional<String> reason) {

  Frame {
    requireNonNull(address, "address is null");
    requireNonNull(overlay, "overlay is null");
    requireNonNull(reason, "reason is null");
  }

  static Frame of(String address, Optional<Overlay> overlay) {
    return new Frame(Optional.of(address), overlay, Optional.empty());
  }

  static Frame missing(String reason) {
    return new Frame(Optional.empty(), Optional.empty(), Optional.of(reason));
  }
}
