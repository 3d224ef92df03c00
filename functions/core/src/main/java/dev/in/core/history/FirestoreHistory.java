package dev.in.core.history;

import static java.util.Objects.requireNonNull;

import com.google.api.gax.rpc.AlreadyExistsException;
import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.CollectionReference;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.Query;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import dev.in.core.failure.Await;
import dev.in.core.failure.Deadline;
import dev.in.core.failure.TransientFailure;
import dev.in.events.MalformedEventException;
import dev.in.events.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

/**
 * {@code history/{eventId}} in Firestore. {@code position} begins with the shard: a plain time
 * would send all writes to one end of its index, which takes about 500 a second.
 */
public final class FirestoreHistory implements History {
  private static final int SHARDS = 8;
  private static final String TASK_ID = "taskId";
  private static final String POSITION = "position";

  private final Firestore firestore;
  private final Duration timeToLive;

  /**
   * @param timeToLive how long an event is kept once it is recorded
   */
  public FirestoreHistory(Firestore firestore, Duration timeToLive) {
    this.firestore = requireNonNull(firestore, "firestore is null");
    this.timeToLive = requireNonNull(timeToLive, "timeToLive is null");
  }

  @Override
  public boolean add(HistoryEntry entry, Deadline deadline) throws MalformedEventException {
    try {
      Await.answer(
          history().document(entry.eventId().toString()).create(fields(entry)),
          deadline,
          "writing the history");
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof AlreadyExistsException) {
        return false;
      }
      if (e.getCause() instanceof InvalidArgumentException) {
        // More than a document can hold: no repeat would help.
        throw new MalformedEventException("Firestore does not take the event");
      }
      throw new TransientFailure("the history cannot be written", e.getCause());
    }
  }

  @Override
  public int shards() {
    return SHARDS;
  }

  @Override
  public Page page(
      int shard, HistoryPosition after, HistoryPosition until, int limit, Deadline deadline) {
    Query query =
        history()
            .whereGreaterThan(POSITION, key(shard, after))
            .whereLessThan(POSITION, key(shard, until))
            .orderBy(POSITION)
            .limit(limit);
    List<HistoryEntry> entries = read(query, deadline);
    return new Page(
        entries,
        entries.size() < limit ? Optional.empty() : Optional.of(entries.getLast().position()));
  }

  @Override
  public List<HistoryEntry> entriesOfTask(String taskId, Deadline deadline) {
    return read(ofTask(taskId), deadline).stream()
        .sorted(Comparator.comparing(HistoryEntry::position))
        .toList();
  }

  @Override
  public void deleteTask(String taskId, Deadline deadline) {
    try {
      for (QueryDocumentSnapshot document : run(ofTask(taskId).select(POSITION), deadline)) {
        Await.answer(document.getReference().delete(), deadline, "deleting from the history");
      }
    } catch (ExecutionException e) {
      throw new TransientFailure("the history of the task cannot be deleted", e.getCause());
    }
  }

  private Query ofTask(String taskId) {
    return history().whereEqualTo(TASK_ID, taskId);
  }

  private List<HistoryEntry> read(Query query, Deadline deadline) {
    return run(query, deadline).stream().map(FirestoreHistory::entry).toList();
  }

  private List<QueryDocumentSnapshot> run(Query query, Deadline deadline) {
    try {
      return Await.answer(query.get(), deadline, "reading the history").getDocuments();
    } catch (ExecutionException e) {
      throw new TransientFailure("the history cannot be read", e.getCause());
    }
  }

  private Map<String, Object> fields(HistoryEntry entry) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(TASK_ID, entry.taskId());
    fields.put("eventType", entry.eventType());
    fields.put(POSITION, key(Math.floorMod(entry.eventId().hashCode(), SHARDS), entry.position()));
    fields.put("recordedAt", timestamp(entry.recordedAt()));
    entry
        .facts()
        .ifPresent(
            facts -> {
              facts.stage().ifPresent(stage -> fields.put("stage", stage.wireName()));
              fields.put("attempts", facts.attempts());
              fields.put("durationMs", facts.duration().toMillis());
            });
    fields.put("body", entry.body());
    fields.put("attributes", entry.attributes());
    fields.put("expiresAt", timestamp(entry.recordedAt().plus(timeToLive)));
    return fields;
  }

  private static HistoryEntry entry(QueryDocumentSnapshot document) {
    return new HistoryEntry(
        UUID.fromString(document.getId()),
        document.getString("eventType"),
        document.getString(TASK_ID),
        document.getTimestamp("recordedAt").toSqlTimestamp().toInstant(),
        document.getString("body"),
        attributes(document),
        facts(document));
  }

  private static Map<String, String> attributes(QueryDocumentSnapshot document) {
    Map<String, String> attributes = new LinkedHashMap<>();
    ((Map<?, ?>) document.get("attributes"))
        .forEach((name, value) -> attributes.put((String) name, (String) value));
    return attributes;
  }

  private static Optional<EventFacts> facts(QueryDocumentSnapshot document) {
    return Optional.ofNullable(document.getLong("attempts"))
        .map(
            attempts ->
                new EventFacts(
                    Optional.ofNullable(document.getString("stage")).flatMap(Stage::fromWire),
                    Math.toIntExact(attempts),
                    Duration.ofMillis(document.getLong("durationMs"))));
  }

  /** As in {@code 3/2026-11-26T10:20:18.123Z/EVENT_ID}. */
  private static String key(int shard, HistoryPosition position) {
    return shard + "/" + position.text();
  }

  private static Timestamp timestamp(Instant instant) {
    return Timestamp.ofTimeSecondsAndNanos(instant.getEpochSecond(), instant.getNano());
  }

  private CollectionReference history() {
    return firestore.collection("history");
  }
}
