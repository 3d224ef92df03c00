package dev.in.emulator.firestore.document;

import com.google.firestore.v1.Document;
import dev.in.emulator.firestore.value.ResourcePath;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where commits go to outlive the process. */
public interface Journal extends AutoCloseable {
  /** The documents as the last complete commit left them; called once, before any append. */
  Collection<Document> recover();

  /** Keeps one commit, as a whole or not at all. An empty document is a deletion. */
  void append(Map<ResourcePath, Optional<Document>> changes);

  @Override
  void close();

  /** Keeps nothing: documents live as long as the process. */
  static Journal none() {
    return new Journal() {
      @Override
      public Collection<Document> recover() {
        return List.of();
      }

      @Override
      public void append(Map<ResourcePath, Optional<Document>> changes) {}

      @Override
      public void close() {}
    };
  }
}
