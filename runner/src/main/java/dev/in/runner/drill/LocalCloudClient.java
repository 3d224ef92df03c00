package dev.in.runner.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.in.runner.stack.LocalNames;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The local cloud's pages for tools, and what it stores; see emulator/README.md. */
final class LocalCloudClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI endpoint;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  LocalCloudClient(URI endpoint) {
    this.endpoint = endpoint;
  }

  /** Adds a fault rule and returns its id. */
  String addFault(String rule) throws IOException, InterruptedException {
    HttpResponse<String> answer = send(request("/_in/faults").POST(BodyPublishers.ofString(rule)));
    if (answer.statusCode() != 201) {
      throw new IOException("refused: " + answer.body());
    }
    return JSON.readTree(answer.body()).path("id").asText();
  }

  void clearFaults() throws IOException, InterruptedException {
    send(request("/_in/faults").DELETE());
  }

  /** How many calls a rule has affected. */
  long hits(String id) throws IOException, InterruptedException {
    for (JsonNode rule : json("/_in/faults")) {
      if (rule.path("id").asText().equals(id)) {
        return rule.path("hit").asLong();
      }
    }
    return 0;
  }

  SortedMap<String, Long> counters() throws IOException, InterruptedException {
    SortedMap<String, Long> counters = new TreeMap<>();
    json("/_in/counters")
        .properties()
        .forEach(counter -> counters.put(counter.getKey(), counter.getValue().asLong()));
    return counters;
  }

  void resetCounters() throws IOException, InterruptedException {
    send(request("/_in/counters").DELETE());
  }

  /** Unacked messages by subscription. */
  Map<String, Long> backlog() throws IOException, InterruptedException {
    Map<String, Long> backlog = new TreeMap<>();
    json("/_in/pubsub")
        .path("subscriptions")
        .properties()
        .forEach(one -> backlog.put(one.getKey(), one.getValue().path("backlog").asLong()));
    return backlog;
  }

  /** What was published for a task on a topic. */
  List<JsonNode> published(String topic, String taskId) throws IOException, InterruptedException {
    List<JsonNode> messages = new ArrayList<>();
    for (JsonNode message : json("/_in/pubsub/topics/" + topic + "/messages")) {
      if (message.path("attributes").path("taskId").asText().equals(taskId)) {
        messages.add(message);
      }
    }
    return messages;
  }

  /** The fields of a task's document, as Firestore's REST interface has them. */
  Optional<JsonNode> document(String taskId) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        send(
            request(
                "/v1/projects/%s/databases/(default)/documents/tasks/%s"
                    .formatted(LocalNames.PROJECT, taskId)));
    return answer.statusCode() == 200
        ? Optional.of(JSON.readTree(answer.body()).path("fields"))
        : Optional.empty();
  }

  /** The names of the objects that a task has stored. */
  List<String> objects(String taskId) throws IOException, InterruptedException {
    List<String> names = new ArrayList<>();
    json("/storage/v1/b/%s/o?prefix=tasks/%s/".formatted(LocalNames.BUCKET, taskId))
        .path("items")
        .forEach(object -> names.add(object.path("name").asText()));
    return names;
  }

  private JsonNode json(String path) throws IOException, InterruptedException {
    return JSON.readTree(send(request(path)).body());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(endpoint.resolve(path)).timeout(TIMEOUT);
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
