package dev.in.core.message;

import static java.util.Objects.requireNonNull;

import dev.in.core.handler.Outcome;
import dev.in.core.handler.ReceivedMessage;
import dev.in.core.telemetry.Meters;
import dev.in.core.telemetry.Tracing;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Gives each delivery its span, its place in the logs and its part in the metrics. The trace comes
 * in the message's {@code traceparent} attribute and goes on in that of what is published.
 */
public final class MessageTelemetry implements Tracing {
  private static final Logger LOG = Logger.getLogger(MessageTelemetry.class);

  private final OpenTelemetry openTelemetry;
  private final Meters meters;
  private final InstantSource clock;
  private final String function;

  /**
   * @param function names the spans
   */
  public MessageTelemetry(
      OpenTelemetry openTelemetry, Meters meters, InstantSource clock, String function) {
    this.openTelemetry = requireNonNull(openTelemetry, "openTelemetry is null");
    this.meters = requireNonNull(meters, "meters is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.function = requireNonNull(function, "function is null");
  }

  /** Runs the handling of one delivery inside its span, and records the outcome. */
  public Outcome observe(ReceivedMessage message, Supplier<Outcome> handling) {
    Span span =
        openTelemetry
            .getTracer("dev.in")
            .spanBuilder(function + " process")
            .setParent(parentOf(message))
            .setSpanKind(SpanKind.CONSUMER)
            .setAttribute("messaging.system", "gcp_pubsub")
            .setAttribute("messaging.destination.subscription.name", message.subscriptionId())
            .setAttribute("messaging.message.id", message.messageId())
            .setAttribute("in.task.id", message.attributes().getOrDefault("taskId", ""))
            .startSpan();
    long start = System.nanoTime();
    String type = message.attributes().getOrDefault("eventType", "");
    message
        .publishTime()
        .ifPresent(time -> meters.messageAge(type, Duration.between(time, clock.instant())));
    try (Scope _ = span.makeCurrent()) {
      MDC.put("taskId", message.attributes().getOrDefault("taskId", ""));
      Outcome outcome = handling.get();
      String result = outcome instanceof Outcome.Ack ? "ack" : "nack";
      span.setAttribute("in.outcome", result + ": " + outcome.reason());
      meters.delivery(type, result, outcome.reason(), Duration.ofNanos(System.nanoTime() - start));
      LOG.infof(
          "%s %s: %s (%s)",
          type.isEmpty() ? "a message" : type, message.messageId(), result, outcome.reason());
      return outcome;
    } finally {
      MDC.remove("taskId");
      span.end();
    }
  }

  @Override
  public Optional<String> currentTraceparent() {
    Map<String, String> carrier = new HashMap<>();
    openTelemetry
        .getPropagators()
        .getTextMapPropagator()
        .inject(Context.current(), carrier, Map::put);
    return Optional.ofNullable(carrier.get("traceparent"));
  }

  private Context parentOf(ReceivedMessage message) {
    return openTelemetry
        .getPropagators()
        .getTextMapPropagator()
        .extract(Context.root(), message.attributes(), ATTRIBUTES);
  }

  private static final TextMapGetter<Map<String, String>> ATTRIBUTES =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Map<String, String> attributes) {
          return attributes.keySet();
        }

        @Override
        public String get(Map<String, String> attributes, String key) {
          return attributes == null ? null : attributes.get(key);
        }
      };
}
