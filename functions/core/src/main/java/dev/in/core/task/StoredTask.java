package dev.in.core.task;

import static java.util.Objects.requireNonNull;

/**
 * A task document as it was at some moment.
 *
 * @param version guards the next write: it succeeds only if the document still is this one
 */
public record StoredTask(TaskDocument document, Version version) {
  public StoredTask {
    requireNonNull(document, "document is null");
    requireNonNull(version, "version is null");
  }

  /** The store's own mark of a document's state; opaque to everyone else. */
  public interface Version {}
}
