package dev.in.core.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls to what iN stands on, as metrics and traces see them. */
class CallsTest {
  private final TestingSpans recorded = new TestingSpans();
  private final OpenTelemetry openTelemetry =
      OpenTelemetrySdk.builder()
          .setTracerProvider(SdkTracerProvider.builder().addSpanProcessor(recorded).build())
          .build();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Calls calls = new Calls(new Spans(openTelemetry), new Meters(registry));

  @Test
  void aCallIsAChildOfTheDeliverysSpan() {
    Span delivery = openTelemetry.getTracer("test").spanBuilder("delivery").startSpan();
    try (Scope _ = delivery.makeCurrent()) {
      assertThat(calls.<String, RuntimeException>make("firestore.read", () -> "answer"))
          .isEqualTo("answer");
    }

    List<SpanData> ended = recorded.ended();
    assertThat(ended).hasSize(1);
    assertThat(ended.getFirst().getName()).isEqualTo("firestore.read");
    assertThat(ended.getFirst().getKind()).isEqualTo(SpanKind.CLIENT);
    assertThat(ended.getFirst().getTraceId()).isEqualTo(delivery.getSpanContext().getTraceId());
    assertThat(ended.getFirst().getParentSpanId()).isEqualTo(delivery.getSpanContext().getSpanId());
    assertThat(count("firestore.read", "ok")).isEqualTo(1);
  }

  @Test
  void aCallThatThrowsIsAnErrorOfItsClassWithoutItsMessage() {
    Span delivery = openTelemetry.getTracer("test").spanBuilder("delivery").startSpan();
    try (Scope _ = delivery.makeCurrent()) {
      assertThatThrownBy(
              () ->
                  calls.make(
                      "storage.get",
                      () -> {
                        throw new IOException("https://somebody.example/secret");
                      }))
          .isInstanceOf(IOException.class);
    }

    SpanData span = recorded.ended().getFirst();
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(span.getAttributes().asMap().values()).containsExactly("java.io.IOException");
    assertThat(span.getEvents()).isEmpty();
    assertThat(count("storage.get", "error")).isEqualTo(1);
  }

  @Test
  void outsideOfADeliveryACallIsTimedAndBeginsNoTrace() {
    calls.make("firestore.read", () -> "warm");
    calls.start("storage.get").end(true);

    assertThat(recorded.ended()).isEmpty();
    assertThat(count("firestore.read", "ok")).isEqualTo(1);
    assertThat(count("storage.get", "ok")).isEqualTo(1);
  }

  private long count(String call, String outcome) {
    return registry.get("in.calls").tag("call", call).tag("outcome", outcome).timer().count();
  }
}
