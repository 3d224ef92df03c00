package dev.in.emulator.pubsub.config;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;

/** Checks that fail with Google's status codes. */
public final class Checks {
  private Checks() {}

  public static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw invalid(otherwise);
    }
  }

  /** Rejects what Pub/Sub supports and the local cloud does not. */
  public static void supported(boolean holds, String what) {
    if (!holds) {
      throw Status.UNIMPLEMENTED
          .withDescription("the local cloud does not support " + what)
          .asRuntimeException();
    }
  }

  public static StatusRuntimeException invalid(String why) {
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
