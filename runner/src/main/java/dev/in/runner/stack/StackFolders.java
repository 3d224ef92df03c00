package dev.in.runner.stack;

import static java.util.Objects.requireNonNull;

import dev.in.runner.process.StackFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a stack keeps its files: a temporary folder for the run, and one for data if it is kept.
 */
final class StackFolders implements AutoCloseable {
  private static final String LOGS = "logs";

  private final RunDirectory run;
  private final Optional<Path> data;

  private StackFolders(RunDirectory run, Optional<Path> data) {
    this.run = run;
    this.data = requireNonNull(data, "data is null");
  }

  /**
   * @param data where state is kept from one start to the next, if it is
   */
  static StackFolders create(Optional<Path> data) throws StackFailure {
    try {
      return new StackFolders(
          RunDirectory.create(Path.of(System.getProperty("java.io.tmpdir"))), data);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** A folder that goes with the run. */
  Path temporary(String name) throws StackFailure {
    try {
      return run.folder(name);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** A folder that outlives the run; empty where nothing is kept. */
  Optional<Path> kept(String name) throws StackFailure {
    if (data.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.createDirectories(data.get().resolve(name)));
    } catch (IOException e) {
      throw new StackFailure("no folder for data: " + e, e);
    }
  }

  /** A folder that outlives the run where anything does. */
  Path keptOrTemporary(String name) throws StackFailure {
    Optional<Path> kept = kept(name);
    return kept.isPresent() ? kept.get() : temporary(name);
  }

  Path logs() throws StackFailure {
    return temporary(LOGS);
  }

  @Override
  public void close() {
    run.close();
  }

  private static StackFailure failure(IOException cause) {
    return new StackFailure("no folder for temporary files: " + cause, cause);
  }
}
