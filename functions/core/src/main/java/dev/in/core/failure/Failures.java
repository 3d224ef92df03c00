package dev.in.core.failure;

import com.google.api.gax.rpc.ApiException;
import com.google.cloud.BaseServiceException;
import java.io.IOException;

/** The kinds of failure, by type. Anything else looks like a bug. */
public final class Failures {
  private Failures() {}

  /** A failure of something that all tasks share, or an interruption: a retry may help. */
  public static boolean isTransient(Throwable failure) {
    return switch (failure) {
      case TransientFailure _, IOException _, InterruptedException _ -> true;
      // What Google's clients throw, once their own retries are used up.
      case ApiException _, BaseServiceException _ -> true;
      default -> false;
    };
  }
}
