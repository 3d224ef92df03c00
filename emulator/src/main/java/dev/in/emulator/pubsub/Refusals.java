package dev.in.emulator.pubsub;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/** Answers that several calls give. */
final class Refusals {
  private Refusals() {}

  static StatusRuntimeException pushSubscription() {
    return Status.FAILED_PRECONDITION
        .withDescription(
            "This method is not supported for this subscription type: it is a push subscription")
        .asRuntimeException();
  }

  static StatusRuntimeException notFound(String resource) {
    return Status.NOT_FOUND
        .withDescription("Resource not found (resource=" + Names.id(resource) + ").")
        .asRuntimeException();
  }

  static StatusRuntimeException alreadyExists(String resource) {
    return Status.ALREADY_EXISTS
        .withDescription("Resource already exists (resource=" + Names.id(resource) + ").")
        .asRuntimeException();
  }
}
