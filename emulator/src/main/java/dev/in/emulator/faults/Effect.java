package dev.in.emulator.faults;

import static java.util.Objects.requireNonNull;

import io.grpc.Status;
import java.time.Duration;

/** What a fault does. */
public sealed interface Effect {

  /** Affects a call to the local cloud. */
  sealed interface OnCall extends Effect {}

  /** Affects a delivery by Pub/Sub. */
  sealed interface OnDelivery extends Effect {}

  /** The call is refused and nothing happens. */
  record FailBefore(Status.Code code) implements OnCall {
    public FailBefore {
      requireFailure(code);
    }
  }

  /** The call takes effect, and its answer is lost: the caller sees this status instead. */
  record FailAfter(Status.Code code) implements OnCall {
    public FailAfter {
      requireFailure(code);
    }
  }

  /** The process that makes the call is killed, and nothing happens. */
  record KillBefore() implements OnCall {}

  /** The call takes effect, and the process that made it is killed before it has an answer. */
  record KillAfter() implements OnCall {}

  /** The call or delivery is carried out that much later. */
  record Delay(Duration by) implements OnCall, OnDelivery {
    public Delay {
      requireNonNull(by, "by is null");
    }
  }

  /** The call never takes effect and is never answered; a delivery is never made. */
  record Hang() implements OnCall, OnDelivery {}

  /** A push is answered with that HTTP status and never reaches the function. */
  record Refuse(int httpStatus) implements OnDelivery {
    public Refuse {
      requireHttpFailure(httpStatus);
    }
  }

  /**
   * A push reaches the function; Pub/Sub receives that HTTP status after a while, and the
   * function's own answer is ignored. With 504 this is Cloud Run's timeout, after which the work
   * goes on.
   */
  record Abandon(int httpStatus, Duration after) implements OnDelivery {
    public Abandon {
      requireHttpFailure(httpStatus);
      requireNonNull(after, "after is null");
    }
  }

  /** A push's token has lost its signature, as behind Cloud Run's own check. */
  record RemoveSignature() implements OnDelivery {}

  /** The message is delivered twice, each delivery to be acked by itself. */
  record Duplicate() implements OnDelivery {}

  private static void requireFailure(Status.Code code) {
    requireNonNull(code, "code is null");
    if (code == Status.Code.OK) {
      throw new IllegalArgumentException("OK is not a failure");
    }
  }

  private static void requireHttpFailure(int status) {
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("not an HTTP failure: " + status);
    }
  }
}
