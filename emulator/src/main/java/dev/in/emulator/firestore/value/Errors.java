package dev.in.emulator.firestore.value;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/** The refusals of this part, each with the status code that Firestore gives. */
public final class Errors {
  private Errors() {}

  public static StatusRuntimeException invalid(String format, Object... arguments) {
    return of(Status.INVALID_ARGUMENT, format, arguments);
  }

  public static StatusRuntimeException notFound(String format, Object... arguments) {
    return of(Status.NOT_FOUND, format, arguments);
  }

  public static StatusRuntimeException alreadyExists(String format, Object... arguments) {
    return of(Status.ALREADY_EXISTS, format, arguments);
  }

  public static StatusRuntimeException failedPrecondition(String format, Object... arguments) {
    return of(Status.FAILED_PRECONDITION, format, arguments);
  }

  /** What Firestore can do and this local cloud cannot. */
  public static StatusRuntimeException unsupported(String what) {
    return of(Status.UNIMPLEMENTED, "The local cloud's Firestore does not support %s.", what);
  }

  /**
   * Refuses a read that is part of a transaction, begins one, or asks for a time.
   *
   * @param selector the number of the request's {@code consistency_selector}, 0 for none
   */
  public static void checkNewest(int selector) {
    if (selector != 0) {
      throw unsupported("transactions and past versions");
    }
  }

  private static StatusRuntimeException of(Status status, String format, Object... arguments) {
    return status.withDescription(String.format(format, arguments)).asRuntimeException();
  }
}
