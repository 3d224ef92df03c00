package dev.in.runner.status;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.in.runner.operator.FunctionAddress;
import dev.in.runner.process.StackFailure;
import dev.in.runner.stack.MetadataServer;
import dev.in.runner.stack.PushAudience;
import dev.in.runner.stack.StackProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the components of a stack that is up are, as {@code .in/up.json} says.
 *
 * @param functions in the file's order
 * @param operator how operators prove who they are
 * @param mail a folder where mail lands, a file each
 * @param logs a folder with {@code COMPONENT.log} of each component
 */
public record StackInfo(
    URI edge, URI cloud, List<StackProcess> functions, Operator operator, Path mail, Path logs) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public StackInfo {
    requireNonNull(edge, "edge is null");
    requireNonNull(cloud, "cloud is null");
    functions = List.copyOf(functions);
    requireNonNull(operator, "operator is null");
    requireNonNull(mail, "mail is null");
    requireNonNull(logs, "logs is null");
  }

  /**
   * @param tokens gives the operators' account its ID tokens
   * @param edgeAudience their audience for the edge
   * @param functions their audiences for functions
   */
  public record Operator(MetadataServer tokens, String edgeAudience, PushAudience functions) {
    private static Operator read(JsonNode json) {
      return new Operator(
          new MetadataServer(json.path("metadata").asText()),
          json.path("edgeAudience").asText(),
          new PushAudience(json.path("pushAudience").asText()));
    }
  }

  /** A function for operators, which this stack must run. */
  public FunctionAddress address(String name) throws StackFailure {
    return function(name)
        .map(uri -> new FunctionAddress(uri, operator.functions().of(name)))
        .orElseThrow(() -> new StackFailure("this stack runs no " + name));
  }

  /** Where a function listens; empty if this stack does not run it. */
  public Optional<URI> function(String name) {
    return functions.stream()
        .filter(process -> process.name().equals(name))
        .map(process -> URI.create("http://127.0.0.1:" + process.port()))
        .findFirst();
  }

  /**
   * @throws StackFailure if nothing is up
   */
  public static StackInfo read(Path upFile) throws StackFailure {
    if (!Files.exists(upFile)) {
      throw new StackFailure(
          "no stack is running here (%s does not exist); start one with ./in up".formatted(upFile));
    }
    try {
      JsonNode json = JSON.readTree(upFile.toFile());
      long pid = json.path("pid").asLong();
      if (ProcessHandle.of(pid).isEmpty()) {
        throw new StackFailure(
            "no stack is running here: %s was left behind by process %d, which was killed"
                .formatted(upFile, pid));
      }
      return new StackInfo(
          URI.create(json.path("url").asText()),
          URI.create("http://" + json.path("hosts").path("pubsub").asText()),
          functions(json.path("processes")),
          Operator.read(json.path("operator")),
          Path.of(json.path("mail").asText()),
          Path.of(json.path("logs").asText()));
    } catch (IOException e) {
      throw new StackFailure(upFile + " cannot be read: " + e, e);
    }
  }

  private static List<StackProcess> functions(JsonNode processes) {
    List<StackProcess> functions = new ArrayList<>();
    for (JsonNode process : processes) {
      StackProcess one =
          new StackProcess(
              process.path("name").asText(),
              process.path("pid").asLong(),
              process.path("port").asInt());
      if (one.isFunction()) {
        functions.add(one);
      }
    }
    return functions;
  }
}
