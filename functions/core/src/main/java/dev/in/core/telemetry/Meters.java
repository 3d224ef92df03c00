package dev.in.core.telemetry;

import static java.util.Objects.requireNonNull;

import dev.in.events.EventType;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
  private final MultiGauge hourTasks;
  private final MultiGauge hourChannels;
  private final MultiGauge hourFailures;
  private final MultiGauge hourBillable;
  private final MultiGauge hourDollars;

  public Meters(MeterRegistry registry) {
    this.registry = requireNonNull(registry, "registry is null");
    hourTasks = MultiGauge.builder("in.hour.tasks").register(registry);
    hourChannels = MultiGauge.builder("in.hour.channels").register(registry);
    hourFailures = MultiGauge.builder("in.hour.failures").register(registry);
    hourBillable = MultiGauge.builder("in.hour.billable").register(registry);
    hourDollars = MultiGauge.builder("in.hour.dollars").register(registry);
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

  /**
   * What the latest hour that is over had, in place of the one before. Without any call there is no
   * series.
   *
   * @param tasks that ended, by status
   * @param channels the same tasks, by the channel of their owner
   * @param failures by stage and code, as in {@code download/timed_out}
   * @param billable by operation
   * @param dollars by operation
   */
  public void hour(
      Map<String, Long> tasks,
      Map<String, Long> channels,
      Map<String, Long> failures,
      Map<String, Long> billable,
      Map<String, BigDecimal> dollars) {
    hourTasks.register(rows("status", tasks), true);
    hourChannels.register(rows("channel", channels), true);
    hourFailures.register(rows("failure", failures), true);
    hourBillable.register(rows("operation", billable), true);
    hourDollars.register(rows("operation", dollars), true);
  }

  private static List<Row<?>> rows(String label, Map<String, ? extends Number> values) {
    return values.entrySet().stream()
        .<Row<?>>map(value -> Row.of(Tags.of(label, value.getKey()), value.getValue()))
        .toList();
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
