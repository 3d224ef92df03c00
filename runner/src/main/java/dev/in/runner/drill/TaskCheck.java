package dev.in.runner.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.in.events.EventType;
import dev.in.events.Stage;
import dev.in.runner.edge.TaskView;
import dev.in.topology.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What must hold of a task that has come to its end, whatever happened on the way. */
final class TaskCheck {
  private static final List<String> RESULT_FIELDS =
      List.of("contentType", "width", "height", "sizeBytes", "sha256", "metadata", "analysis");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final LocalCloudClient cloud;
  private final Topology topology = Topology.load();
  private final PublishedMessages published;

  private final Set<String> ignoredTopics;

  /** Holds tasks against what has been published by now. */
  TaskCheck(LocalCloudClient cloud) throws IOException, InterruptedException {
    this(cloud, Set.of());
  }

  /**
   * @param ignoredTopics on which the drill itself has published for the tasks
   */
  TaskCheck(LocalCloudClient cloud, Set<String> ignoredTopics)
      throws IOException, InterruptedException {
    this.cloud = cloud;
    this.ignoredTopics = ignoredTopics;
    this.published = new PublishedMessages(cloud, topology);
  }

  /**
   * The problems of a task that should have completed; none if it is as it should be.
   *
   * @param view what the edge shows
   * @param expected the result of an undisturbed task with the same image
   */
  List<String> completed(TaskView view, JsonNode expected)
      throws IOException, InterruptedException {
    return problems(view, new TaskEnd.Completed(expected));
  }

  /**
   * The problems of a task that should have ended in that way; none if it is as it should be.
   *
   * @param view what the edge shows
   */
  List<String> problems(TaskView view, TaskEnd end) throws IOException, InterruptedException {
    List<String> problems = new ArrayList<>();
    checkView(view, end, problems);
    checkDocument(view, end, problems);
    checkMessages(view.taskId(), end, problems);
    List<String> objects = cloud.objects(view.taskId());
    if (objects.size() != 1) {
      problems.add("objects: " + objects);
    }
    return problems;
  }

  private static void checkView(TaskView view, TaskEnd end, List<String> problems) {
    if (!view.status().equals(end.status())) {
      problems.add(
          "the edge shows " + view.status() + view.error().map(e -> " " + e.code()).orElse(""));
    }
    switch (end) {
      case TaskEnd.Completed(JsonNode result) -> checkResult(view, result, problems);
      case TaskEnd.CorruptImage _ -> checkError(view, problems);
    }
  }

  private static void checkError(TaskView view, List<String> problems) {
    String error =
        view.error().map(e -> e.stage().orElse("no stage") + "/" + e.code()).orElse("no error");
    String expected =
        TaskEnd.CorruptImage.STAGE.wireName() + "/" + TaskEnd.CorruptImage.CODE.value();
    if (!error.equals(expected)) {
      problems.add("the error is %s, not %s".formatted(error, expected));
    }
  }

  private static void checkResult(TaskView view, JsonNode expected, List<String> problems) {
    for (String field : RESULT_FIELDS) {
      Optional<JsonNode> value = view.result().map(result -> result.path(field));
      if (!value.equals(Optional.of(expected.path(field)))) {
        problems.add("the result's %s is %s".formatted(field, value.orElse(null)));
      }
    }
  }

  private void checkDocument(TaskView view, TaskEnd end, List<String> problems)
      throws IOException, InterruptedException {
    Optional<JsonNode> document = cloud.document(view.taskId());
    String status = document.map(fields -> text(fields.path("status"))).orElse("missing");
    if (!status.equals(view.status())) {
      problems.add("the edge shows %s, Firestore %s".formatted(view.status(), status));
    }
    document.ifPresent(
        fields ->
            stages(fields)
                .forEach(
                    (stage, state) -> {
                      // The lease of an ended stage stays, as a record of who ended it.
                      String expected = Stage.fromWire(stage).map(end::statusOf).orElse("unknown");
                      if (!text(state.path("status")).equals(expected)) {
                        problems.add(stage + " is " + text(state.path("status")));
                      }
                    }));
  }

  /** Each event that a task publishes, by id once: repeats are the same to the byte. */
  private void checkMessages(String taskId, TaskEnd end, List<String> problems) {
    for (Topology.Topic topic : topology.topics().values()) {
      if (topic.kind() == Topology.Topic.Kind.COMMAND
          || topic.equals(topology.topicOf(EventType.WEBHOOK_DISABLED))
          || ignoredTopics.contains(topic.name())) {
        continue; // from the edge: to recovery, or about accounts
      }
      Map<String, Set<String>> bodies = new TreeMap<>();
      Map<String, Set<String>> ids = new TreeMap<>();
      for (JsonNode message : published.of(topic.name(), taskId)) {
        JsonNode attributes = message.path("attributes");
        String type = attributes.path("eventType").asText();
        ids.computeIfAbsent(type, unused -> new HashSet<>())
            .add(attributes.path("eventId").asText());
        bodies.computeIfAbsent(type, unused -> new HashSet<>()).add(body(type, message));
      }
      Set<String> expected =
          topic.messages().stream()
              .filter(end::publishes)
              .map(EventType::wireName)
              .collect(Collectors.toSet());
      if (!ids.keySet().equals(expected)) {
        problems.add("%s has %s".formatted(topic.name(), ids.keySet()));
      }
      ids.forEach((type, all) -> requireOne(type, "ids", all, problems));
      bodies.forEach((type, all) -> requireOne(type, "bodies", all, problems));
    }
  }

  /**
   * What must be the same each time. A request for the download may come from two: the edge says
   * when it was submitted, and whoever nudges the stage when the document began.
   */
  private static String body(String type, JsonNode message) {
    String data = message.path("data").asText();
    if (!type.equals(EventType.DOWNLOAD_REQUESTED.wireName())) {
      return data;
    }
    try {
      ObjectNode event = (ObjectNode) JSON.readTree(Base64.getDecoder().decode(data));
      event.remove("timestamp");
      return event.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void requireOne(String type, String what, Set<String> all, List<String> problems) {
    if (all.size() != 1) {
      problems.add("%s has %d %s".formatted(type, all.size(), what));
    }
  }

  /** The stages of a document by name. */
  static Map<String, JsonNode> stages(JsonNode document) {
    Map<String, JsonNode> stages = new TreeMap<>();
    document
        .path("stages")
        .path("mapValue")
        .path("fields")
        .properties()
        .forEach(
            stage -> stages.put(stage.getKey(), stage.getValue().path("mapValue").path("fields")));
    return stages;
  }

  static String text(JsonNode value) {
    return value.path("stringValue").asText();
  }
}
