package dev.in.runner;

import dev.in.runner.report.Entry;
import dev.in.runner.report.Report;
import dev.in.runner.result.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.List;

/** What a run leaves for later: its rows, as {@code --json} prints them, and the report. */
final class ResultFolder {
  private ResultFolder() {}

  /** Writes {@code results.jsonl} and {@code index.html}; returns the latter. */
  static Path write(Path folder, List<Row> rows, List<Entry> entries) throws IOException {
    Files.createDirectories(folder);
    Files.write(
        folder.resolve("results.jsonl"), rows.stream().map(row -> row.json().toString()).toList());
    Path report = folder.resolve("index.html");
    new Report().write(report, entries, ZonedDateTime.now());
    return report;
  }
}
