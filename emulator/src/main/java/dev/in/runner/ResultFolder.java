package dev.in.runner.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a run leaves for later: its rows, as {@code --json} prints them. */
public final class ResultFolder {
  private ResultFolder() {}

  /** Writes the rows to {@code results.jsonl}; returns that file. */
  public static Path write(Path folder, List<Row> rows) throws IOException {
    Files.createDirectories(folder);
    return Files.write(
        folder.resolve("results.jsonl"), rows.stream().map(row -> row.json().toString()).toList());
  }
}
