package dev.in.analytics;

import static java.util.Objects.requireNonNull;

import com.google.api.gax.rpc.AlreadyExistsException;
import com.google.cloud.Timestamp;
import com.google.cloud.firestore.CollectionReference;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.Query;
import com.google.cloud.firestore.Query.Direction;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import dev.in.core.failure.Await;
import dev.in.core.failure.Deadline;
import dev.in.core.failure.TransientFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;

/**
 * {@code statistics/SHARD-HOUR} in Firestore: one document a shard and hour, so that none is
 * written twice. {@code slice} is {@code SHARD/HOUR}.
 */
final class FirestoreStatisticsStore implements StatisticsStore {
  private static final String SLICE = "slice";

  private final Firestore firestore;
  private final Duration timeToLive;

  FirestoreStatisticsStore(Firestore firestore, Duration timeToLive) {
    this.firestore = requireNonNull(firestore, "firestore is null");
    this.timeToLive = requireNonNull(timeToLive, "timeToLive is null");
  }

  @Override
  public void create(Slice slice, Statistics statistics, Deadline deadline) {
    try {
      Await.answer(
          statistics().document(key(slice).replace('/', '-')).create(fields(slice, statistics)),
          deadline,
          "writing statistics");
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof AlreadyExistsException)) {
        throw new TransientFailure("statistics cannot be written", e.getCause());
      }
    }
  }

  @Override
  public Optional<Slice> latest(int shard, Deadline deadline) {
    Query query = ofShard(shard, Instant.EPOCH).orderBy(SLICE, Direction.DESCENDING).limit(1);
    return run(query, deadline).stream().map(FirestoreStatisticsStore::slice).findFirst();
  }

  @Override
  public Map<Slice, Statistics> since(int shard, Instant time, Deadline deadline) {
    Map<Slice, Statistics> found = new LinkedHashMap<>();
    for (QueryDocumentSnapshot document : run(ofShard(shard, time).orderBy(SLICE), deadline)) {
      found.put(slice(document), statistics(document));
    }
    return found;
  }

  private Query ofShard(int shard, Instant from) {
    return statistics()
        .whereGreaterThanOrEqualTo(SLICE, shard + "/" + from)
        .whereLessThan(SLICE, shard + "0");
  }

  private List<QueryDocumentSnapshot> run(Query query, Deadline deadline) {
    try {
      return Await.answer(query.get(), deadline, "reading statistics").getDocuments();
    } catch (ExecutionException e) {
      throw new TransientFailure("statistics cannot be read", e.getCause());
    }
  }

  private Map<String, Object> fields(Slice slice, Statistics statistics) {
    Map<String, Object> durations = new LinkedHashMap<>();
    statistics.durations().forEach((stage, histogram) -> durations.put(stage, histogram.counts()));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(SLICE, key(slice));
    fields.put("counts", statistics.counts());
    fields.put("durations", durations);
    Instant expiresAt = slice.until().plus(timeToLive);
    fields.put("expiresAt", Timestamp.ofTimeSecondsAndNanos(expiresAt.getEpochSecond(), 0));
    return fields;
  }

  private static Statistics statistics(QueryDocumentSnapshot document) {
    SortedMap<String, SortedMap<String, Long>> counts = new TreeMap<>();
    ((Map<?, ?>) document.get("counts"))
        .forEach(
            (dimension, values) -> {
              SortedMap<String, Long> of = new TreeMap<>();
              ((Map<?, ?>) values).forEach((value, count) -> of.put((String) value, (Long) count));
              counts.put((String) dimension, of);
            });
    SortedMap<String, Histogram> durations = new TreeMap<>();
    ((Map<?, ?>) document.get("durations"))
        .forEach(
            (stage, buckets) ->
                durations.put(
                    (String) stage,
                    new Histogram(((List<?>) buckets).stream().map(Long.class::cast).toList())));
    return new Statistics(counts, durations);
  }

  private static String key(Slice slice) {
    return slice.shard() + "/" + slice.from();
  }

  private static Slice slice(QueryDocumentSnapshot document) {
    String[] parts = document.getString(SLICE).split("/");
    return new Slice(Integer.parseInt(parts[0]), Instant.parse(parts[1]));
  }

  private CollectionReference statistics() {
    return firestore.collection("statistics");
  }
}
