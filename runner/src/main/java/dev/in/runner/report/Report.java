package dev.in.runner.report;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.in.runner.edge.TaskView;
import dev.in.runner.process.StackFailure;
import dev.in.runner.stack.Installation;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * The report: one HTML file with everything in it, which loads nothing. It is the web page's own
 * renderer (edge/page/report, built as edge/dist/report.html) with the data of a run in it, as
 * edge/page/report/report-data.ts describes them. It is written image by image, so only one is in
 * memory at a time.
 */
public final class Report {
  private static final String DATA_MARKER = "<!--data-->";

  private final String template;
  private final Thumbnails thumbnails;

  /**
   * @param template the built report without data
   * @param thumbnails of the images, in the order of the entries
   */
  Report(String template, Thumbnails thumbnails) {
    this.template = requireNonNull(template, "template is null");
    this.thumbnails = requireNonNull(thumbnails, "thumbnails is null");
  }

  /**
   * Writes it.
   *
   * @param file is replaced
   * @param now for the reader to know how old it is
   */
  public static void write(Installation installation, Path file, List<Entry> entries, Instant now)
      throws IOException, StackFailure, InterruptedException {
    String template = Files.readString(installation.reportTemplate());
    ThumbnailSize size = ThumbnailSize.of(entries.size());
    List<Original> originals = entries.stream().map(Entry::original).toList();
    try (ThumbnailProcess thumbnails = ThumbnailProcess.start(installation, size, originals)) {
      new Report(template, thumbnails).write(file, entries, now);
    }
  }

  void write(Path file, List<Entry> entries, Instant now) throws IOException, InterruptedException {
    int marker = template.indexOf(DATA_MARKER);
    if (marker < 0) {
      throw new IOException("the template has no place for data");
    }
    try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      out.write(template, 0, marker);
      writeData(
          out,
          "id=\"report-header\"",
          JsonNodeFactory.instance.objectNode().put("createdAt", now.toString()));
      for (Entry entry : entries) {
        writeData(out, "class=\"report-image\"", image(entry));
      }
      out.write(
          template,
          marker + DATA_MARKER.length(),
          template.length() - marker - DATA_MARKER.length());
    }
  }

  /** A data block, which browsers never execute; no {@code <} in it can end or begin an element. */
  private static void writeData(Writer out, String attribute, ObjectNode json) throws IOException {
    out.write("<script type=\"application/json\" " + attribute + ">");
    out.write(json.toString().replace("<", "\\u003c"));
    out.write("</script>\n");
  }

  private ObjectNode image(Entry entry) throws IOException, InterruptedException {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("input", entry.row().input());
    entry.row().taskId().ifPresent(id -> json.put("taskId", id));
    json.put("status", entry.row().status());
    entry.row().result().ifPresent(result -> json.set("result", result));
    entry.row().error().ifPresent(error -> json.set("error", error.json()));
    var history = json.putArray("history");
    entry.history().stream()
        .filter(view -> view.times().isPresent())
        .forEach(view -> history.add(state(view, view.times().get())));
    thumbnails.next().ifPresent(thumbnail -> json.set("thumbnail", thumbnail(thumbnail)));
    return json;
  }

  private static ObjectNode state(TaskView view, TaskView.Times times) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("status", view.status());
    view.stage().ifPresent(stage -> json.put("stage", stage));
    json.put("createdAt", times.createdAt().toString());
    json.put("updatedAt", times.updatedAt().toString());
    view.error().ifPresent(error -> json.set("error", error.json()));
    return json;
  }

  private static ObjectNode thumbnail(Thumbnail thumbnail) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    switch (thumbnail) {
      case Thumbnail.Unavailable unavailable -> json.put("unavailable", unavailable.reason());
      case Thumbnail.Available available -> {
        json.put("contentType", available.contentType());
        if (available.orientation() > 0) {
          json.put("orientation", available.orientation());
        }
        json.put("base64", Base64.getEncoder().encodeToString(available.bytes()));
      }
    }
    return json;
  }
}
