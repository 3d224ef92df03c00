package dev.in.runner.process;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** What one component of the stack has printed, restarts included: a file, and the last lines. */
public final class ChildLog implements AutoCloseable {
  private static final int REMEMBERED_LINES = 30;

  private final PrintWriter file;
  private final Consumer<String> alsoTo;
  private final Deque<String> last = new ArrayDeque<>();

  /**
   * @param alsoTo sees every line, too
   */
  public ChildLog(Path file, Consumer<String> alsoTo) throws IOException {
    this.file =
        new PrintWriter(
            Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    this.alsoTo = requireNonNull(alsoTo, "alsoTo is null");
  }

  synchronized void add(String line) {
    file.println(line);
    file.flush();
    if (last.size() == REMEMBERED_LINES) {
      last.removeFirst();
    }
    last.addLast(line);
    alsoTo.accept(line);
  }

  /** At most thirty lines, oldest first. */
  public synchronized List<String> lastLines() {
    return List.copyOf(last);
  }

  @Override
  public synchronized void close() {
    file.close();
  }
}
