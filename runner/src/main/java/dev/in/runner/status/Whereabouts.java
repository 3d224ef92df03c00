package dev.in.runner.status;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.in.runner.process.StackFailure;
import dev.in.runner.stack.StackProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the parts of a stack that is up are, as {@code .in/up.json} says.
 *
 * @param functions in the file's order
 * @param logs a folder with {@code PART.log} of each part
 */
public record Whereabouts(URI edge, URI cloud, List<StackProcess> functions, Path logs) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> NO_FUNCTIONS = List.of("local-cloud", "edge");

  public Whereabouts {
    requireNonNull(edge, "edge is null");
    requireNonNull(cloud, "cloud is null");
    functions = List.copyOf(functions);
    requireNonNull(logs, "logs is null");
  }

  /**
   * @throws StackFailure if nothing is up
   */
  public static Whereabouts read(Path upFile) throws StackFailure {
    if (!Files.exists(upFile)) {
      throw new StackFailure("nothing is up here (there is no %s): ./in up".formatted(upFile));
    }
    try {
      JsonNode json = JSON.readTree(upFile.toFile());
      long pid = json.path("pid").asLong();
      if (ProcessHandle.of(pid).isEmpty()) {
        throw new StackFailure(
            "nothing is up here: %s was left by process %d, which was killed"
                .formatted(upFile, pid));
      }
      return new Whereabouts(
          URI.create(json.path("url").asText()),
          URI.create("http://" + json.path("hosts").path("pubsub").asText()),
          functions(json.path("processes")),
          Path.of(json.path("logs").asText()));
    } catch (IOException e) {
      throw new StackFailure(upFile + " cannot be read: " + e, e);
    }
  }

  private static List<StackProcess> functions(JsonNode processes) {
    List<StackProcess> functions = new ArrayList<>();
    for (JsonNode process : processes) {
      String name = process.path("name").asText();
      if (!NO_FUNCTIONS.contains(name)) {
        functions.add(
            new StackProcess(name, process.path("pid").asLong(), process.path("port").asInt()));
      }
    }
    return functions;
  }
}
