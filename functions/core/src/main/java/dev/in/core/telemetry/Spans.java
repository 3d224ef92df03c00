package dev.in.core.telemetry;

import static java.util.Objects.requireNonNull;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;

/**
 * Spans below a delivery's own. Outside of any, nothing is traced: a warm-up starts no trace of its
 * own.
 */
public final class Spans {
  private final Tracer tracer;

  public Spans(OpenTelemetry openTelemetry) {
    this.tracer = requireNonNull(openTelemetry, "openTelemetry is null").getTracer("dev.in");
  }

  /** Something to do; it may throw one kind of checked exception. */
  @FunctionalInterface
  public interface Action<T, E extends Exception> {
    T run() throws E;
  }

  /** Does it inside a span of its own, which is an error where the action throws. */
  public <T, E extends Exception> T inside(String name, SpanKind kind, Action<T, E> action)
      throws E {
    Span span = start(name, kind);
    try (Scope _ = span.makeCurrent()) {
      return action.run();
    } catch (Exception e) {
      // The class alone: messages may hold what a user wrote.
      span.setAttribute("error.type", e.getClass().getName());
      span.setStatus(StatusCode.ERROR);
      throw e;
    } finally {
      span.end();
    }
  }

  /** A span that the caller ends, below the current one; one without effect where there is none. */
  Span start(String name, SpanKind kind) {
    return Span.current().getSpanContext().isValid()
        ? tracer.spanBuilder(name).setSpanKind(kind).startSpan()
        : Span.getInvalid();
  }
}
