package dev.in.core.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import dev.in.core.failure.Deadline;
import dev.in.core.failure.TransientFailure;
import dev.in.core.testing.LocalCloudExtension;
import dev.in.core.testing.LocalCloudProcess;
import dev.in.events.MalformedEventException;
import dev.in.events.Stage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The real client against the local cloud. */
@ExtendWith(LocalCloudExtension.class)
class FirestoreHistoryTest {
  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
  private static final HistoryPosition START = HistoryPosition.at(Instant.EPOCH);
  private static final HistoryPosition END = HistoryPosition.at(NOON.plusSeconds(3600));

  private static LocalCloudProcess cloud;
  private static Firestore firestore;

  private final History history = new FirestoreHistory(firestore, Duration.ofDays(90));

  @BeforeAll
  static void connect(LocalCloudProcess localCloud, Firestore client) {
    cloud = localCloud;
    firestore = client;
  }

  @BeforeEach
  void noEvents() throws Exception {
    cloud.clearFaults();
    for (QueryDocumentSnapshot one : firestore.collection("history").get().get().getDocuments()) {
      one.getReference().delete().get();
    }
  }

  @Test
  void anEventIsReadAsItWasAdded() throws Exception {
    HistoryEntry whole =
        new HistoryEntry(
            UUID.randomUUID(),
            "metadata.extracted",
            "task_0123456789abcdef",
            NOON.plusNanos(123_456_789),
            "{\"keywords\": [\"größer\"]}",
            Map.of("owner", "owner-7", "run", "1"),
            Optional.of(new EventFacts(Optional.of(Stage.METADATA), 2, Duration.ofMillis(1500))));
    HistoryEntry bare = entry("task_0123456789abcdef", NOON.plusSeconds(1));
    history.add(whole, soon());
    history.add(bare, soon());

    assertThat(whole.recordedAt()).isEqualTo(NOON.plusMillis(123));
    assertThat(history.entriesOfTask("task_0123456789abcdef", soon())).containsExactly(whole, bare);
  }

  @Test
  void anEventThatIsAddedAgainStaysAsItWas() throws Exception {
    HistoryEntry first = entry("task_0123456789abcdef", NOON);
    HistoryEntry again =
        new HistoryEntry(
            first.eventId(),
            "task.failed",
            first.taskId(),
            NOON.plusSeconds(9),
            "{}",
            Map.of(),
            Optional.empty());

    assertThat(history.add(first, soon())).isTrue();
    assertThat(history.add(again, soon())).isFalse();
    assertThat(history.entriesOfTask(first.taskId(), soon())).containsExactly(first);
  }

  @Test
  void pagesOfAllShardsHaveEachEventOnceAndInOrder() throws Exception {
    List<HistoryEntry> all = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      // Three of each time.
      HistoryEntry entry = entry("task_0123456789abcde" + i, NOON.plusMillis(i / 3));
      history.add(entry, soon());
      all.add(entry);
    }

    List<HistoryEntry> read = new ArrayList<>();
    for (int shard = 0; shard < history.shards(); shard++) {
      List<HistoryEntry> ofShard = read(shard, START, END, 2);
      assertThat(ofShard).isSortedAccordingTo(Comparator.comparing(HistoryEntry::position));
      read.addAll(ofShard);
    }
    assertThat(read).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void aSpanBeginsBehindItsStartAndEndsBeforeItsEnd() throws Exception {
    List<HistoryEntry> all =
        IntStream.range(0, 5)
            .mapToObj(second -> entry("task_0123456789abcdef", NOON.plusSeconds(second)))
            .toList();
    for (HistoryEntry entry : all) {
      history.add(entry, soon());
    }

    assertThat(
            readAll(
                HistoryPosition.at(NOON.plusSeconds(1)), HistoryPosition.at(NOON.plusSeconds(3))))
        .containsExactlyInAnyOrder(all.get(1), all.get(2));
    assertThat(readAll(all.get(1).position(), HistoryPosition.at(NOON.plusSeconds(3))))
        .containsExactly(all.get(2));
  }

  /** One shard would be one end of an index, which takes about 500 writes a second. */
  @Test
  void eventsOfOneTimeAreSpreadOverAllShards() throws Exception {
    for (int i = 0; i < 80; i++) {
      history.add(entry("task_0123456789abcdef", NOON), soon());
    }

    for (int shard = 0; shard < history.shards(); shard++) {
      assertThat(history.page(shard, START, END, 1, soon()).entries()).hasSize(1);
    }
  }

  @Test
  void theEventsOfOneTaskAreDeletedAndNoOthers() throws Exception {
    HistoryEntry other = entry("other_0123456789abcd", NOON);
    history.add(other, soon());
    history.add(entry("task_0123456789abcdef", NOON), soon());
    history.add(entry("task_0123456789abcdef", NOON.plusSeconds(1)), soon());

    history.deleteTask("task_0123456789abcdef", soon());

    assertThat(readAll(START, END)).containsExactly(other);
  }

  @Test
  void anEventGoesAwayOnceItsTimeIsOver() throws Exception {
    HistoryEntry entry = entry("task_0123456789abcdef", NOON);
    history.add(entry, soon());

    assertThat(
            firestore
                .document("history/" + entry.eventId())
                .get()
                .get()
                .getTimestamp("expiresAt")
                .toString())
        .isEqualTo("2027-02-24T12:00:00Z");
  }

  @Test
  void anEventThatNoDocumentCanHoldIsMalformed() {
    HistoryEntry large =
        new HistoryEntry(
            UUID.randomUUID(),
            "task.failed",
            "task_0123456789abcdef",
            NOON,
            "x".repeat(1_048_576),
            Map.of(),
            Optional.empty());

    assertThatThrownBy(() -> history.add(large, soon()))
        .isInstanceOf(MalformedEventException.class);
  }

  @Test
  void anOutageIsTransient() {
    HistoryEntry entry = entry("task_0123456789abcdef", NOON);

    fault("Commit", "PERMISSION_DENIED");
    assertThatThrownBy(() -> history.add(entry, soon())).isInstanceOf(TransientFailure.class);
    cloud.clearFaults();
    fault("RunQuery", "PERMISSION_DENIED");
    assertThatThrownBy(() -> history.page(0, START, END, 1, soon()))
        .isInstanceOf(TransientFailure.class);
  }

  private static void fault(String call, String code) {
    cloud.fault(
        """
        {"calls": "google.firestore.v1.Firestore/%s", "effect": "failBefore", "code": "%s"}
        """
            .formatted(call, code));
  }

  private List<HistoryEntry> readAll(HistoryPosition after, HistoryPosition until) {
    List<HistoryEntry> all = new ArrayList<>();
    for (int shard = 0; shard < history.shards(); shard++) {
      all.addAll(read(shard, after, until, 10));
    }
    return all;
  }

  private List<HistoryEntry> read(
      int shard, HistoryPosition after, HistoryPosition until, int pageSize) {
    List<HistoryEntry> read = new ArrayList<>();
    Optional<HistoryPosition> next = Optional.of(after);
    while (next.isPresent()) {
      History.Page page = history.page(shard, next.get(), until, pageSize, soon());
      read.addAll(page.entries());
      next = page.next();
    }
    return read;
  }

  private static HistoryEntry entry(String taskId, Instant recordedAt) {
    return new HistoryEntry(
        UUID.randomUUID(),
        "task.completed",
        taskId,
        recordedAt,
        "{\"eventType\": \"task.completed\"}",
        Map.of("taskId", taskId),
        Optional.empty());
  }

  private static Deadline soon() {
    return Deadline.in(Duration.ofSeconds(20), InstantSource.system());
  }
}
