package dev.in.coordinator;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What one call may take and where it belongs.
 *
 * @param timeLimit for the whole call, retries and retryPolicy included; greater than 0
 * @param traceparent the current span (W3C Trace Context, level 1), sent along as a header; one of
 *     another form is dropped, as that specification asks
 */
public record CallContext(Duration timeLimit, Optional<String> traceparent) {
  private static final Pattern TRACEPARENT =
      Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

  public CallContext {
    if (!requireNonNull(timeLimit, "timeLimit is null").isPositive()) {
      throw new IllegalArgumentException("timeLimit is not positive");
    }
    traceparent =
        requireNonNull(traceparent, "traceparent is null")
            .filter(value -> TRACEPARENT.matcher(value).matches());
  }
}
