package dev.in.emulator.pubsub.config;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/** Answers that several calls give. */
public final class Errors {
  private Errors() {}

  public static StatusRuntimeException pushSubscription() {
    return Status.FAILED_PRECONDITION
        .withDescription(
            "This method is not supported for this subscription type: it is a push subscription")
        .asRuntimeException();
  }

  public static StatusRuntimeException notFound(String resource) {
    return Status.NOT_FOUND
        .withDescription("Resource not found (resource=" + ResourceNames.id(resource) + ").")
        .asRuntimeException();
  }

  public static StatusRuntimeException alreadyExists(String resource) {
    return Status.ALREADY_EXISTS
        .withDescription("Resource already exists (resource=" + ResourceNames.id(resource) + ").")
        .asRuntimeException();
  }
}
