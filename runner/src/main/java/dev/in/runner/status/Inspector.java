package dev.in.runner.status;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.in.runner.process.StackFailure;
import dev.in.runner.stack.StackProcess;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Inspects every component of a running stack; takes about a second. */
public final class Inspector {
  /** Between two samples of Pub/Sub's counters, from which rates are computed. */
  private static final Duration SAMPLE_INTERVAL = Duration.ofSeconds(1);

  /** A component that has not answered by then counts as not answering. */
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SortedMap<String, Long> NONE = new TreeMap<>();

  private final StackInfo stack;
  private final Probe probe = new Probe(TIMEOUT);

  public Inspector(StackInfo stack) {
    this.stack = requireNonNull(stack, "stack is null");
  }

  /**
   * @throws StackFailure if the local cloud does not answer, without which nothing can be said
   */
  public SystemStatus inspect() throws StackFailure, InterruptedException {
    long start = System.nanoTime();
    JsonNode before = subscriptions();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Health> edge = threads.submit(() -> health(stack.edge().resolve("/healthz")));
      List<Future<FunctionStatus>> functions =
          stack.functions().stream().map(one -> threads.submit(() -> function(one))).toList();
      Future<OptionalInt> deadLetters = threads.submit(this::deadLetters);
      Future<List<BudgetStatus>> budgets = threads.submit(this::budgets);
      Thread.sleep(SAMPLE_INTERVAL);
      JsonNode now = subscriptions();
      Duration between = Duration.ofNanos(System.nanoTime() - start);
      return new SystemStatus(
          edge.get(),
          all(functions),
          subscriptions(before, now, between),
          deadLetters.get(),
          budgets.get());
    } catch (ExecutionException e) {
      throw new IllegalStateException("a component cannot be inspected", e.getCause());
    }
  }

  private static List<FunctionStatus> all(List<Future<FunctionStatus>> answers)
      throws InterruptedException, ExecutionException {
    List<FunctionStatus> functions = new ArrayList<>();
    for (Future<FunctionStatus> answer : answers) {
      functions.add(answer.get());
    }
    functions.sort(Comparator.comparing(FunctionStatus::name));
    return functions;
  }

  private FunctionStatus function(StackProcess process) throws InterruptedException {
    URI base = URI.create("http://127.0.0.1:" + process.port());
    Health health = health(base.resolve("/q/health"));
    Optional<Metrics> metrics =
        health == Health.SILENT
            ? Optional.empty()
            : probe.get(base.resolve("/q/metrics")).map(answer -> Metrics.parse(answer.body()));
    return new FunctionStatus(
        process.name(),
        process.pid(),
        process.port(),
        health,
        metrics.map(all -> all.counts("in_failures_total", "code", Map.of())).orElse(NONE),
        metrics
            .map(
                all ->
                    all.counts("in_deliveries_seconds_count", "reason", Map.of("outcome", "nack")))
            .orElse(NONE),
        metrics.map(all -> all.flags("in_switch_on", "switch")).orElse(new TreeMap<>()));
  }

  private Health health(URI uri) throws InterruptedException {
    return probe
        .get(uri)
        .map(answer -> answer.ok() ? Health.UP : Health.DOWN)
        .orElse(Health.SILENT);
  }

  private JsonNode subscriptions() throws StackFailure, InterruptedException {
    URI page = stack.cloud().resolve("/_in/pubsub");
    Probe.Answer answer =
        probe
            .get(page)
            .filter(Probe.Answer::ok)
            .orElseThrow(() -> new StackFailure("the local cloud does not answer at " + page));
    try {
      return JSON.readTree(answer.body()).path("subscriptions");
    } catch (JsonProcessingException e) {
      throw new StackFailure("the local cloud's answer cannot be read: " + e, e);
    }
  }

  private static List<SubscriptionStatus> subscriptions(
      JsonNode before, JsonNode now, Duration between) {
    return now.properties().stream()
        .map(
            one ->
                SubscriptionStatus.of(
                    one.getKey(), before.path(one.getKey()), one.getValue(), between))
        .sorted(Comparator.comparing(SubscriptionStatus::name))
        .toList();
  }

  /** Those for everybody who needs no token; none where users sign in. */
  private List<BudgetStatus> budgets() throws InterruptedException, JsonProcessingException {
    Optional<Probe.Answer> answer =
        probe.get(stack.edge().resolve("/v1/account")).filter(Probe.Answer::ok);
    return answer.isEmpty()
        ? List.of()
        : JSON.readTree(answer.get().body())
            .path("budgets")
            .valueStream()
            .map(BudgetStatus::read)
            .toList();
  }

  private OptionalInt deadLetters() throws InterruptedException, JsonProcessingException {
    Optional<URI> recovery = stack.function("recovery");
    if (recovery.isEmpty()) {
      return OptionalInt.empty();
    }
    StackInfo.Operator operator = stack.operator();
    Optional<Probe.Answer> answer =
        probe
            .get(
                recovery.get().resolve("/operator/dead-letters"),
                operator.tokens(),
                operator.functions().of("recovery"))
            .filter(Probe.Answer::ok);
    return answer.isPresent()
        ? OptionalInt.of(JSON.readTree(answer.get().body()).path("items").size())
        : OptionalInt.empty();
  }
}
