package dev.in.emulator.firestore.api;

import static java.util.Objects.requireNonNull;

import com.google.firestore.v1.Document;
import com.google.firestore.v1.Write;
import dev.in.emulator.counters.Counters;
import dev.in.emulator.firestore.document.Writes;
import dev.in.emulator.firestore.value.ResourcePath;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Counts what Firestore bills, under {@code firestore.documents.read}, {@code .write} and {@code
 * .delete}, and again for each collection ({@code firestore.documents.read/tasks}).
 */
public final class Usage {
  private static final String PREFIX = "firestore.documents.";

  private final Counters counters;

  public Usage(Counters counters) {
    this.counters = requireNonNull(counters, "counters is null");
  }

  /** Reads by name: a document that is not there is read as well. */
  void readByName(Collection<ResourcePath> names) {
    names.forEach(name -> count("read", name.collectionGroup(), 1));
  }

  /** A query: every result and every document skipped by its offset, at least one read. */
  void query(Optional<String> collectionId, List<Document> results, int skipped) {
    results.forEach(
        document -> count("read", ResourcePath.document(document.getName()).collectionGroup(), 1));
    int unnamed = results.isEmpty() ? Math.max(skipped, 1) : skipped;
    if (unnamed > 0) {
      count("read", collectionId.orElse("*"), unnamed);
    }
  }

  /** An aggregation: one read for each thousand index entries, at least one. */
  void aggregation(Optional<String> collectionId, long entries) {
    count("read", collectionId.orElse("*"), Math.max(1, (entries + 999) / 1000));
  }

  void writes(Collection<Write> writes) {
    for (Write write : writes) {
      count(Writes.isDelete(write) ? "delete" : "write", Writes.target(write).collectionGroup(), 1);
    }
  }

  private void count(String kind, String collectionId, long amount) {
    counters.add(PREFIX + kind, amount);
    counters.add(PREFIX + kind + "/" + collectionId, amount);
  }
}
