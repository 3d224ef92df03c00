package dev.in.runner.logs;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What all components of a stack have logged of one task, in order of time. */
public final class TaskLog {
  private static final String SUFFIX = ".log";

  private final List<LogLine> lines;

  private TaskLog(List<LogLine> lines) {
    this.lines = List.copyOf(lines);
  }

  /**
   * Reads it.
   *
   * @param folder with a file for each component, {@code COMPONENT.log}
   */
  public static TaskLog read(Path folder, String taskId) throws IOException {
    List<LogLine> lines = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        String component = name.substring(0, name.length() - SUFFIX.length());
        try (Stream<String> all = Files.lines(file)) {
          all.filter(text -> text.contains(taskId))
              .flatMap(text -> LogLine.read(component, text).stream())
              .filter(line -> line.isOf(taskId))
              .forEach(lines::add);
        }
      }
    }
    // The sort is stable: of one component and moment, the order in which they were logged.
    lines.sort(Comparator.comparing(LogLine::time));
    return new TaskLog(lines);
  }

  public boolean isEmpty() {
    return lines.isEmpty();
  }

  /** For people, with times of that zone. */
  public List<String> words(ZoneId zone) {
    int width = lines.stream().mapToInt(line -> line.component().length()).max().orElse(0);
    return lines.stream().map(line -> line.words(zone, width)).toList();
  }

  /** As they were logged. */
  public List<String> json() {
    return lines.stream().map(LogLine::text).toList();
  }
}
