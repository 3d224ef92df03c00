package dev.in.core.telemetry;

import static java.util.Objects.requireNonNull;

import dev.in.core.telemetry.Spans.Action;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import java.time.Duration;
import java.util.function.Predicate;

/** Calls to external services: each is timed under its name and is a span of its delivery. */
public final class Calls {
  private final Spans spans;
  private final Meters meters;

  public Calls(Spans spans, Meters meters) {
    this.spans = requireNonNull(spans, "spans is null");
    this.meters = requireNonNull(meters, "meters is null");
  }

  /**
   * Makes the call.
   *
   * @param name one of few, as in {@code firestore.read}
   */
  public <T, E extends Exception> T make(String name, Action<T, E> call) throws E {
    return make(name, _ -> true, call);
  }

  /**
   * Makes a call whose result says whether it failed.
   *
   * @param succeeded whether the result is a success
   */
  public <T, E extends Exception> T make(
      String name, Predicate<? super T> succeeded, Action<T, E> call) throws E {
    long start = System.nanoTime();
    boolean good = false;
    try {
      T answer = spans.inside(name, SpanKind.CLIENT, call);
      good = succeeded.test(answer);
      return answer;
    } finally {
      meters.call(name, good, Duration.ofNanos(System.nanoTime() - start));
    }
  }

  /** Starts a call, for libraries that only report when calls begin and end. */
  public StartedCall start(String name) {
    long start = System.nanoTime();
    Span span = spans.start(name, SpanKind.CLIENT);
    return good -> {
      if (!good) {
        span.setStatus(StatusCode.ERROR);
      }
      span.end();
      meters.call(name, good, Duration.ofNanos(System.nanoTime() - start));
    };
  }

  /** A call that is under way. */
  @FunctionalInterface
  public interface StartedCall {
    void end(boolean good);
  }
}
