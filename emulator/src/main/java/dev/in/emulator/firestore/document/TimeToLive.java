package dev.in.emulator.firestore.document;

import static java.util.Objects.requireNonNull;

import com.google.firestore.v1.Document;
import com.google.firestore.v1.Precondition;
import com.google.firestore.v1.Value;
import com.google.firestore.v1.Write;
import dev.in.emulator.firestore.value.FieldPath;
import dev.in.emulator.firestore.value.Fields;
import dev.in.emulator.firestore.value.Micros;
import dev.in.emulator.firestore.value.ResourcePath;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Deletes documents whose TTL field has passed. Until then they are read like any other: as in
 * Firestore, the moment of expiry cannot be relied on.
 */
public final class TimeToLive {
  private final DocumentStore store;
  private final Consumer<List<Write>> commit;
  private final Clock clock;
  private final Map<String, FieldPath> fields;

  /**
   * @param commit how deletions are made and counted
   * @param fields the TTL field of each collection group that has one
   */
  public TimeToLive(
      DocumentStore store,
      Consumer<List<Write>> commit,
      Clock clock,
      Map<String, FieldPath> fields) {
    this.store = requireNonNull(store, "store is null");
    this.commit = requireNonNull(commit, "commit is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.fields = Map.copyOf(fields);
  }

  /** Deletes what has expired by now and says how many documents that were. */
  public int expire() {
    long now = Micros.of(clock.instant());
    List<Document> expired =
        store.read(
            view ->
                view.documents().entrySet().stream()
                    .filter(entry -> isExpired(entry.getKey(), entry.getValue(), now))
                    .map(Map.Entry::getValue)
                    .toList());
    return (int) expired.stream().filter(this::delete).count();
  }

  private boolean isExpired(ResourcePath name, Document document, long now) {
    return Optional.ofNullable(fields.get(name.collectionGroup()))
        .flatMap(field -> Fields.get(document.getFieldsMap(), field))
        .filter(Value::hasTimestampValue)
        .filter(value -> Micros.of(value.getTimestampValue()) <= now)
        .isPresent();
  }

  /** Guarded, so that a document whose time was extended meanwhile stays. */
  private boolean delete(Document document) {
    try {
      commit.accept(
          List.of(
              Write.newBuilder()
                  .setDelete(document.getName())
                  .setCurrentDocument(
                      Precondition.newBuilder().setUpdateTime(document.getUpdateTime()))
                  .build()));
      return true;
    } catch (StatusRuntimeException refusal) {
      if (refusal.getStatus().getCode() == Status.Code.FAILED_PRECONDITION) {
        return false;
      }
      throw refusal;
    }
  }
}
