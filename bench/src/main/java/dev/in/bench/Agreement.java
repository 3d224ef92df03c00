package dev.in.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.in.bench.MetadataReader.Reading;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Field by field, in how many images exiftool and we read the same. */
final class Agreement {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_EXAMPLES = 3;

  private final Map<String, Counts> fields = new LinkedHashMap<>();

  private static final class Counts {
    private int same;
    private int different;
    private int onlyOurs;
    private int onlyExiftool;
    private final List<String> examples = new ArrayList<>();
  }

  /**
   * Reads all files by both.
   *
   * @return what was found, one field after another: {@code {field, same, different, onlyOurs,
   *     onlyExiftool, examples}}
   */
  static List<Map<String, Object>> of(List<Path> files) throws IOException, InterruptedException {
    Agreement agreement = new Agreement();
    List<JsonNode> all = exiftool(files);
    for (int i = 0; i < files.size(); i++) {
      Optional<Reading> ours = MetadataReader.read(files.get(i));
      if (ours.isPresent()) {
        agreement.add(files.get(i).getFileName().toString(), ours.get(), all.get(i));
      }
    }
    return agreement.results();
  }

  List<Map<String, Object>> results() {
    return fields.entrySet().stream().map(field -> json(field.getKey(), field.getValue())).toList();
  }

  void add(String file, Reading reading, JsonNode exiftool) {
    for (ComparedField field : ComparedField.ALL) {
      count(
          file,
          field.ours().apply(reading),
          field.theirs().apply(exiftool, field.tags()),
          fields.computeIfAbsent(field.name(), name -> new Counts()));
    }
  }

  private static void count(
      String file, Optional<String> ours, Optional<String> theirs, Counts counts) {
    if (ours.equals(theirs)) {
      // Where neither has a value there is nothing to agree on.
      counts.same += ours.isPresent() ? 1 : 0;
      return;
    }
    if (theirs.isEmpty()) {
      counts.onlyOurs++;
    } else if (ours.isEmpty()) {
      counts.onlyExiftool++;
    } else {
      counts.different++;
    }
    if (counts.examples.size() < MAX_EXAMPLES) {
      counts.examples.add(
          "%s: %s, exiftool %s".formatted(file, ours.orElse("none"), theirs.orElse("none")));
    }
  }

  private static Map<String, Object> json(String field, Counts counts) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("field", field);
    json.put("same", counts.same);
    json.put("different", counts.different);
    json.put("onlyOurs", counts.onlyOurs);
    json.put("onlyExiftool", counts.onlyExiftool);
    json.put("examples", counts.examples);
    return json;
  }

  /** In the files' order; an empty object where exiftool has none. */
  private static List<JsonNode> exiftool(List<Path> files)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("exiftool", "-json", "-n", "-q", "-m"));
    ComparedField.ALL.stream()
        .flatMap(field -> field.tags().stream())
        .distinct()
        .forEach(tag -> command.add("-" + tag));
    files.forEach(file -> command.add(file.toString()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    Map<String, JsonNode> byFile = new LinkedHashMap<>();
    JSON.readTree(process.getInputStream())
        .forEach(one -> byFile.put(one.path("SourceFile").asText(), one));
    process.waitFor();
    return files.stream()
        .map(file -> byFile.getOrDefault(file.toString(), JSON.createObjectNode()))
        .toList();
  }
}
