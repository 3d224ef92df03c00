package dev.in.emulator.firestore.document;

import static java.util.Objects.requireNonNull;

import com.google.firestore.v1.Document;
import com.google.firestore.v1.Write;
import com.google.firestore.v1.WriteResult;
import dev.in.emulator.firestore.value.Micros;
import dev.in.emulator.firestore.value.ResourcePath;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/**
 * All documents, in the order of their names. A commit is applied as a whole or not at all, and a
 * reader sees it as a whole or not at all.
 */
public final class DocumentStore {
  private final CommitClock clock;
  private final Journal journal;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final NavigableMap<ResourcePath, Document> documents = new TreeMap<>();

  public DocumentStore(CommitClock clock, Journal journal) {
    this.clock = requireNonNull(clock, "clock is null");
    this.journal = requireNonNull(journal, "journal is null");
    for (Document document : journal.recover()) {
      documents.put(ResourcePath.document(document.getName()), document);
      clock.moveTo(Micros.of(document.getUpdateTime()));
    }
  }

  /**
   * @param commitMicros later than the time of every commit before
   * @param outcomes one for each write, in their order
   */
  public record Commit(long commitMicros, List<Writes.Outcome> outcomes) {
    public List<WriteResult> results() {
      return outcomes.stream().map(Writes.Outcome::result).toList();
    }
  }

  /** Applies the writes in order, atomically; throws the first refusal and changes nothing. */
  public Commit commit(List<Write> writes) {
    lock.writeLock().lock();
    try {
      long commitMicros = clock.tick();
      var outcomes = new ArrayList<Writes.Outcome>();
      Map<ResourcePath, Optional<Document>> changes = new LinkedHashMap<>();
      for (Write write : writes) {
        ResourcePath target = Writes.target(write);
        Optional<Document> stored =
            changes.getOrDefault(target, Optional.ofNullable(documents.get(target)));
        Writes.Outcome outcome = Writes.apply(write, stored, commitMicros);
        changes.put(target, outcome.document());
        outcomes.add(outcome);
      }
      journal.append(changes);
      changes.forEach(
          (name, document) ->
              document.ifPresentOrElse(d -> documents.put(name, d), () -> documents.remove(name)));
      return new Commit(commitMicros, outcomes);
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Runs {@code reading} on one consistent view, which must not outlive it. */
  public <T> T read(Function<View, T> reading) {
    lock.readLock().lock();
    try {
      return reading.apply(new View(Collections.unmodifiableNavigableMap(documents), clock.now()));
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * The documents at one time.
   *
   * @param documents in the order of their names
   * @param readMicros the time
   */
  public record View(NavigableMap<ResourcePath, Document> documents, long readMicros) {
    public Optional<Document> get(ResourcePath name) {
      return Optional.ofNullable(documents.get(name));
    }

    /** What lies below a name, in order. */
    public Iterable<Map.Entry<ResourcePath, Document>> below(ResourcePath name) {
      return () ->
          documents.tailMap(name, false).entrySet().stream()
              .takeWhile(entry -> entry.getKey().isWithin(name))
              .iterator();
    }
  }
}
