package dev.in.core.telemetry;

import static java.util.Objects.requireNonNull;

import dev.in.events.EventType;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * iN's own meters: their names, labels and buckets, said once. Prometheus sees {@code
 * in_deliveries_seconds} and so on, and {@code function} as a label of every meter of the process.
 *
 * <p>No label ever holds an id, a URL or a user's text: what comes from outside is mapped to a
 * known value first.
 */
public final class Meters {
  /** From a warm Firestore read to a delivery that uses up Cloud Run's request timeout. */
  private static final Duration[] TIMES =
      millis(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 120_000);

  /** From a message handled at once to one that waited for the edge for days. */
  private static final Duration[] AGES =
      millis(50, 100, 250, 500, 1_000, 5_000, 10_000, 60_000, 300_000, 3_600_000, 86_400_000);

  private final MeterRegistry registry;

  public Meters(MeterRegistry registry) {
    this.registry = requireNonNull(registry, "registry is null");
  }

  /**
   * A delivery was handled.
   *
   * @param outcome {@code ack} or {@code nack}
   * @param reason one of a fixed set of short texts
   */
  public void delivery(String eventType, String outcome, String reason, Duration took) {
    time("in.deliveries", took, TIMES, typed(eventType).and("outcome", outcome, "reason", reason));
  }

  /** A message arrived, so long after it was published; redelivered ones count each time. */
  public void messageAge(String eventType, Duration age) {
    time("in.message.age", age.isNegative() ? Duration.ZERO : age, AGES, typed(eventType));
  }

  /**
   * A stage's own work ended.
   *
   * @param outcome {@code done}, {@code failed} permanently, or {@code transient} or {@code
   *     unexpected}: it is retried
   */
  public void work(String outcome, Duration took) {
    time("in.work", took, TIMES, Tags.of("outcome", outcome));
  }

  /** A task failed, and this function has written so. */
  public void failure(String stage, String code) {
    registry.counter("in.failures", "stage", stage, "code", code).increment();
  }

  /**
   * A call to a shared service ended.
   *
   * @param call as in {@code firestore.read}
   */
  void call(String call, boolean good, Duration took) {
    time("in.calls", took, TIMES, Tags.of("call", call, "outcome", good ? "ok" : "error"));
  }

  /**
   * One try at a foreign host ended.
   *
   * @param outcome {@code fetched}, {@code rejected} where iN refused the bytes, or a failure code
   */
  public void fetch(String outcome, Duration took) {
    time("in.fetches", took, TIMES, Tags.of("outcome", outcome));
  }

  /** Whether a feature switch is on, as this function sees it: 1 or 0. */
  public void switched(String name, BooleanSupplier on) {
    Gauge.builder("in.switch.on", on, value -> value.getAsBoolean() ? 1 : 0)
        .tag("switch", name)
        .strongReference(true) // nobody else keeps the supplier
        .register(registry);
  }

  private void time(String name, Duration took, Duration[] buckets, Tags tags) {
    Timer.builder(name).tags(tags).serviceLevelObjectives(buckets).register(registry).record(took);
  }

  /** Unknown types share one label: anyone may publish an attribute. */
  private static Tags typed(String eventType) {
    return Tags.of("type", EventType.fromWire(eventType).map(EventType::wireName).orElse("other"));
  }

  private static Duration[] millis(long... values) {
    Duration[] durations = new Duration[values.length];
    for (int i = 0; i < values.length; i++) {
      durations[i] = Duration.ofMillis(values[i]);
    }
    return durations;
  }
}
