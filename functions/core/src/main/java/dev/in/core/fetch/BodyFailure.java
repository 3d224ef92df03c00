package dev.in.core.fetch;

import java.io.IOException;

/** Carries a fetch failure through a sink that only knows streams. */
final class BodyFailure extends IOException {
  private static final long serialVersionUID = 1L;

  private final FetchFailure failure;

  BodyFailure(FetchFailure failure) {
    super(failure.getMessage(), failure);
    this.failure = failure;
  }

  FetchFailure failure() {
    return failure;
  }
}
