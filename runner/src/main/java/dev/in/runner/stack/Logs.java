package dev.in.runner.stack;

import static java.util.Objects.requireNonNull;

import dev.in.runner.process.ChildLog;
import dev.in.runner.process.StackFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** A log for each part of the stack, which all its lives share. */
final class Logs implements AutoCloseable {
  private final Path folder;
  private final BiConsumer<String, String> alsoTo;
  private final Map<String, ChildLog> logs = new ConcurrentHashMap<>();

  /**
   * @param folder for the files
   * @param alsoTo sees every line, too: a part's name and the line
   */
  Logs(Path folder, BiConsumer<String, String> alsoTo) {
    this.folder = requireNonNull(folder, "folder is null");
    this.alsoTo = requireNonNull(alsoTo, "alsoTo is null");
  }

  /** A new part's log. */
  ChildLog open(String part) throws StackFailure {
    try {
      Path file = folder.resolve(part.replace(' ', '-') + ".log");
      ChildLog log = new ChildLog(file, line -> alsoTo.accept(part, line));
      logs.put(part, log);
      return log;
    } catch (IOException e) {
      throw new StackFailure("a log cannot be written: " + e, e);
    }
  }

  @Override
  public void close() {
    logs.values().forEach(ChildLog::close);
  }
}
