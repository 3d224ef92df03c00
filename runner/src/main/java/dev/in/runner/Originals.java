package dev.in.runner;

import static java.util.Objects.requireNonNull;

import dev.in.runner.edge.EdgeClient;
import dev.in.runner.edge.EdgeRefusal;
import dev.in.runner.input.Input;
import dev.in.runner.report.Original;
import dev.in.runner.result.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/** Loads the report's images: of a file from disk, of an address from the edge. */
final class Originals {
  private final EdgeClient edge;

  Originals(EdgeClient edge) {
    this.edge = requireNonNull(edge, "edge is null");
  }

  Original of(Input input, Row row) {
    return switch (input) {
      case Input.ImageFile file -> () -> read(file);
      case Input.ImageUrl url -> () -> fetch(row);
      case Input.Unusable unusable -> Optional::empty;
    };
  }

  private static Optional<byte[]> read(Input.ImageFile file) throws IOException {
    return Files.size(file.file()) > Original.MAX_BYTES
        ? Optional.empty()
        : Optional.of(Files.readAllBytes(file.file()));
  }

  /** An image that was never downloaded is absent; the task's error gives the reason. */
  private Optional<byte[]> fetch(Row row) throws IOException {
    if (row.taskId().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(edge.image(row.taskId().get(), Original.MAX_BYTES));
    } catch (EdgeRefusal refusal) {
      if (row.completed()) {
        throw new IOException(refusal.getMessage(), refusal);
      }
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
