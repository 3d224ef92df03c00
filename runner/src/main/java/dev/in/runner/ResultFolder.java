package dev.in.runner;

import dev.in.runner.process.StackFailure;
import dev.in.runner.report.Entry;
import dev.in.runner.report.Report;
import dev.in.runner.result.Row;
import dev.in.runner.stack.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** What a run leaves for later: its rows, as {@code --json} prints them, and the report. */
final class ResultFolder {
  private ResultFolder() {}

  /** Writes {@code results.jsonl} and {@code index.html}; returns the latter. */
  static Path write(Path folder, List<Row> rows, List<Entry> entries)
      throws IOException, StackFailure, InterruptedException {
    Files.createDirectories(folder);
    Files.write(
        folder.resolve("results.jsonl"), rows.stream().map(row -> row.json().toString()).toList());
    Path report = folder.resolve("index.html");
    Report.write(Installation.find(), report, entries, Instant.now());
    return report;
  }
}
