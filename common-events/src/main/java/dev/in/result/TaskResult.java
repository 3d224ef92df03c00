package dev.in.result;

import static java.util.Objects.requireNonNull;

import dev.in.events.Identifiers;
import java.util.Optional;

/**
 * What iN found out about an image: docs/contract.md, {@code result}. Of a failed task it holds
 * what the completed stages found.
 *
 * @param contentType detected from the bytes, as in {@code image/jpeg}
 * @param sizeBytes of the file
 * @param sha256 of the file, 64 lower-case hex digits
 * @param width of the primary image as stored, before orientation, in pixels
 * @param height of the primary image as stored, before orientation, in pixels
 * @param durationMs from the task's creation to its end
 */
public record TaskResult(
    Optional<String> contentType,
    Optional<Long> sizeBytes,
    Optional<String> sha256,
    Optional<Integer> width,
    Optional<Integer> height,
    Optional<Metadata> metadata,
    Optional<Analysis> analysis,
    long durationMs) {

  public TaskResult {
    requireNonNull(contentType, "contentType is null");
    requireNonNull(sizeBytes, "sizeBytes is null");
    sha256.ifPresent(Identifiers::requireSha256);
    requireNonNull(width, "width is null");
    requireNonNull(height, "height is null");
    requireNonNull(metadata, "metadata is null");
    requireNonNull(analysis, "analysis is null");
  }

  /** The same with another analysis. */
  public TaskResult with(Analysis other) {
    return new TaskResult(
        contentType, sizeBytes, sha256, width, height, metadata, Optional.of(other), durationMs);
  }
}
