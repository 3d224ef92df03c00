package dev.in.analytics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import dev.in.core.failure.Deadline;
import dev.in.core.failure.TransientFailure;
import dev.in.core.history.EventFacts;
import dev.in.core.history.FirestoreHistory;
import dev.in.core.history.History;
import dev.in.core.history.HistoryEntry;
import dev.in.core.telemetry.Meters;
import dev.in.core.testing.LocalCloudExtension;
import dev.in.core.testing.LocalCloudProcess;
import dev.in.core.testing.TestTask;
import dev.in.events.AiAnalyzed;
import dev.in.events.EventAttributes;
import dev.in.events.EventAttributes.Routing;
import dev.in.events.EventCodec;
import dev.in.events.FailureCode;
import dev.in.events.Feature;
import dev.in.events.INEvent;
import dev.in.events.ImageDownloaded;
import dev.in.events.ObjectRef;
import dev.in.events.Priority;
import dev.in.events.RecognizedPayload;
import dev.in.events.Stage;
import dev.in.events.TaskCompleted;
import dev.in.events.TaskFailed;
import dev.in.events.TaskRef;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Statistics equal a recount of the history, with the real client against the local cloud. */
@ExtendWith(LocalCloudExtension.class)
class AnalyticsTest {
  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
  private static final Duration TTL = Duration.ofDays(90);

  private static LocalCloudProcess cloud;
  private static Firestore firestore;

  private final History history = new FirestoreHistory(firestore, TTL);
  private final StatisticsStore store = new FirestoreStatisticsStore(firestore, TTL);
  private Instant now = NOON;
  private final RollUp rollUp = new RollUp(history, store, () -> now);

  @BeforeAll
  static void connect(LocalCloudProcess localCloud, Firestore client) {
    cloud = localCloud;
    firestore = client;
  }

  @BeforeEach
  void startOver() throws Exception {
    cloud.clearFaults();
    for (String collection : List.of("history", "statistics")) {
      for (QueryDocumentSnapshot one : firestore.collection(collection).get().get()) {
        one.getReference().delete().get();
      }
    }
  }

  @Test
  void eachDimensionIsCounted() throws Exception {
    add(NOON, "web", downloaded(700), Optional.of(Stage.DOWNLOAD), 60);
    add(NOON, "web", analyzed("vision", Optional.empty()), Optional.of(Stage.AI), 900);
    add(NOON, "web", analyzed("vision", Optional.of("switched off")), Optional.of(Stage.AI), 40);
    add(NOON, "web", completed(), Optional.empty(), 2000);
    add(
        NOON,
        "api",
        new TaskFailed("metadata", FailureCode.CORRUPT_IMAGE, "No header."),
        Optional.of(Stage.METADATA),
        70);
    now = NOON.plus(Duration.ofHours(1)).plus(RollUp.GRACE);

    rollUp.pass(soon());

    Statistics hour = rollUp.since(NOON, soon()).get(NOON);
    assertThat(hour.counts())
        .isEqualTo(
            Map.of(
                "type",
                Map.of(
                    "image.downloaded",
                    1L,
                    "ai.analyzed",
                    2L,
                    "task.completed",
                    1L,
                    "task.failed",
                    1L),
                "status",
                Map.of("completed", 1L, "failed", 1L),
                "channel",
                Map.of("web", 1L, "api", 1L),
                "priority",
                Map.of("low", 2L),
                "stage",
                Map.of("download", 1L, "ai", 2L, "metadata", 1L),
                "failure",
                Map.of("metadata/corrupt_image", 1L),
                "billable",
                Map.of("storedObjects", 1L, "storedBytes", 700L, "visionUnits", 2L)));
    assertThat(hour.durations().get("ai"))
        .isEqualTo(Histogram.EMPTY.with(Duration.ofMillis(900)).with(Duration.ofMillis(40)));
    assertThat(hour.durations().get("task"))
        .isEqualTo(Histogram.EMPTY.with(Duration.ofMillis(2000)));
  }

  /** Repeats, several at once, stops on the way, and events that come meanwhile. */
  @Test
  void underRepeatsAndConcurrencyStatisticsEqualARecount() throws Exception {
    Random random = new Random(20261126);
    Map<Instant, Statistics> recount = new TreeMap<>();
    List<HistoryEntry> entries = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      Instant at = NOON.plusSeconds(random.nextInt(4 * 3600));
      HistoryEntry entry = add(at, "api", completed(), Optional.empty(), random.nextInt(9000));
      EventCounter counter = new EventCounter();
      counter.count(entry);
      recount.merge(new Slice(0, at).from(), counter.result(), Statistics::plus);
      entries.add(entry);
    }
    now = NOON.plus(Duration.ofHours(3)).plus(Duration.ofMinutes(30));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> passes = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        passes.add(threads.submit(() -> rollUp.pass(soon())));
      }
      Collections.shuffle(entries, random);
      for (HistoryEntry entry : entries) {
        assertThat(history.add(entry, soon())).as("a repeat is kept").isFalse();
      }
      for (Future<Integer> pass : passes) {
        pass.get();
      }
    }
    assertThat(rollUp.pass(soon())).isZero();
    now = NOON.plus(Duration.ofHours(4));

    Map<Instant, Statistics> found = rollUp.since(NOON, soon());

    assertThat(found).isEqualTo(recount);
    // The same without any roll-up, and after all of them.
    now = NOON.plus(Duration.ofHours(9));
    rollUp.pass(soon());
    Map<Instant, Statistics> rolledUp = rollUp.since(NOON, soon());
    rolledUp.values().removeIf(Statistics.NONE::equals);
    assertThat(rolledUp).isEqualTo(recount);
    assertThat(firestore.collection("statistics").get().get().size())
        .isLessThanOrEqualTo(history.shards() * 8);
  }

  @Test
  void aSliceIsCountedOnceItCannotChangeAnyMore() throws Exception {
    add(NOON, "api", completed(), Optional.empty(), 1);
    now = NOON.plus(Duration.ofHours(1)).plus(RollUp.GRACE).minusMillis(1);
    assertThat(rollUp.pass(soon())).isZero();
    now = now.plusMillis(1);
    assertThat(rollUp.pass(soon())).isEqualTo(1);
  }

  @Test
  void whatIsWrittenIsNeverWrittenAgain() throws Exception {
    Slice slice = new Slice(3, NOON);
    EventCounter counter = new EventCounter();
    counter.count(add(NOON, "api", completed(), Optional.empty(), 1));
    store.create(slice, counter.result(), soon());
    store.create(slice, Statistics.NONE, soon());

    assertThat(store.since(3, NOON, soon())).isEqualTo(Map.of(slice, counter.result()));
    assertThat(store.latest(3, soon())).contains(slice);
    assertThat(store.latest(2, soon())).isEmpty();
  }

  @Test
  void anOutageIsTransientAndTheNextPassGoesOn() throws Exception {
    add(NOON, "api", completed(), Optional.empty(), 1);
    now = NOON.plus(Duration.ofHours(2));
    cloud.fault(
        """
        {"calls": "google.firestore.v1.Firestore/Commit", "effect": "failBefore",
         "code": "PERMISSION_DENIED"}
        """);
    assertThatThrownBy(() -> rollUp.pass(soon())).isInstanceOf(TransientFailure.class);
    cloud.clearFaults();
    assertThat(rollUp.pass(soon())).isEqualTo(1);
  }

  /** The dashboard's tile. */
  @Test
  void theLatestHourIsPublishedAsItIsWritten() throws Exception {
    add(NOON, "api", analyzed("vision", Optional.empty()), Optional.of(Stage.AI), 900);
    add(
        NOON,
        "api",
        new TaskFailed("metadata", FailureCode.CORRUPT_IMAGE, "No header."),
        Optional.of(Stage.METADATA),
        70);
    now = NOON.plus(Duration.ofHours(1)).plus(RollUp.GRACE);
    rollUp.pass(soon());
    MeterRegistry registry = new SimpleMeterRegistry();
    HourMeters meters = new HourMeters(rollUp, Prices.load(TTL), new Meters(registry));

    meters.publish(soon());

    assertThat(published(registry))
        .isEqualTo(
            Map.of(
                "in.hour.tasks completed", 0.0,
                "in.hour.tasks failed", 1.0,
                "in.hour.channels api", 1.0,
                "in.hour.failures metadata/corrupt_image", 1.0,
                "in.hour.billable visionUnits", 2.0,
                "in.hour.dollars visionUnits", 0.003));

    now = now.plus(Duration.ofHours(1));
    rollUp.pass(soon());
    meters.publish(soon());

    assertThat(published(registry))
        .isEqualTo(Map.of("in.hour.tasks completed", 0.0, "in.hour.tasks failed", 0.0));
  }

  private static Map<String, Double> published(MeterRegistry registry) {
    return registry.getMeters().stream()
        .collect(
            Collectors.toMap(
                meter ->
                    meter.getId().getName() + " " + meter.getId().getTags().getFirst().getValue(),
                meter -> meter.measure().iterator().next().getValue()));
  }

  private HistoryEntry add(
      Instant at, String channel, RecognizedPayload payload, Optional<Stage> stage, int millis)
      throws Exception {
    TaskRef task = new TaskRef(UUID.randomUUID().toString(), 1, TestTask.REF.traceId());
    INEvent<RecognizedPayload> event = INEvent.of(task, "ai", at, "ai", payload);
    HistoryEntry entry =
        new HistoryEntry(
            event.eventId(),
            event.eventType(),
            event.taskId(),
            at,
            new String(EventCodec.write(event), UTF_8),
            EventAttributes.of(
                    event, new Routing(Priority.LOW, "owner-7", channel), Optional.empty())
                .toMap(),
            Optional.of(new EventFacts(stage, 1, Duration.ofMillis(millis))));
    history.add(entry, soon());
    return entry;
  }

  private static ImageDownloaded downloaded(long bytes) {
    return new ImageDownloaded(
        new ObjectRef("in-local-images", "tasks/x/1/original", 1),
        "image/jpeg",
        bytes,
        "ab".repeat(32));
  }

  private static AiAnalyzed analyzed(String provider, Optional<String> skipped) {
    return new AiAnalyzed(
        provider,
        List.of(Feature.TEXT, Feature.COLORS),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        skipped);
  }

  private static TaskCompleted completed() {
    return new TaskCompleted(
        "image/jpeg", Optional.of(1), Optional.of(1), 1, "ab".repeat(32), 2345);
  }

  private static Deadline soon() {
    return Deadline.in(Duration.ofSeconds(30), InstantSource.system());
  }
}
