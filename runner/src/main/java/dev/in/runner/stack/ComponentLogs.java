package dev.in.runner.stack;

import static java.util.Objects.requireNonNull;

import dev.in.runner.process.ChildLog;
import dev.in.runner.process.StackFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** One log for each component of the stack, kept across restarts. */
final class ComponentLogs implements AutoCloseable {
  private final Path folder;
  private final BiConsumer<String, String> alsoTo;
  private final Map<String, ChildLog> logs = new ConcurrentHashMap<>();

  /**
   * @param folder for the files
   * @param alsoTo sees every line, too: a component's name and the line
   */
  ComponentLogs(Path folder, BiConsumer<String, String> alsoTo) {
    this.folder = requireNonNull(folder, "folder is null");
    this.alsoTo = requireNonNull(alsoTo, "alsoTo is null");
  }

  /** A new component's log. */
  ChildLog open(String component) throws StackFailure {
    try {
      Path file = folder.resolve(component.replace(' ', '-') + ".log");
      ChildLog log = new ChildLog(file, line -> alsoTo.accept(component, line));
      logs.put(component, log);
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
