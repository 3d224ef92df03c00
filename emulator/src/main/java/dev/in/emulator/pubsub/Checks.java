package dev.in.emulator.pubsub;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;

/** Refusals in Google's status codes. */
final class Checks {
  private Checks() {}

  static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw invalid(otherwise);
    }
  }

  /** For what Pub/Sub knows and the local cloud does not: an honest answer, never half of it. */
  static void supported(boolean holds, String what) {
    if (!holds) {
      throw Status.UNIMPLEMENTED
          .withDescription("the local cloud does not cover " + what)
          .asRuntimeException();
    }
  }

  static StatusRuntimeException invalid(String why) {
    return Status.INVALID_ARGUMENT.withDescription(why).asRuntimeException();
  }

  static void between(String field, Duration value, Duration least, Duration most) {
    check(
        value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
        field
            + " must be between "
            + least.toSeconds()
            + " and "
            + most.toSeconds()
            + " seconds, not "
            + value.toMillis() / 1000.0);
  }

  static Duration toDuration(com.google.protobuf.Duration proto) {
    return Duration.ofSeconds(proto.getSeconds(), proto.getNanos());
  }
}
