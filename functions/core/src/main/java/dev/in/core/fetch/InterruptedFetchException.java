package dev.in.core.fetch;

import java.io.IOException;

/** We were interrupted, which sockets report like an error of the host. */
final class InterruptedFetchException extends IOException {
  private static final long serialVersionUID = 1L;

  InterruptedFetchException(Throwable cause) {
    super("the fetch was interrupted", cause);
  }
}
