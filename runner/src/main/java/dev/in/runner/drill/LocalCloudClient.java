package dev.in.runner.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.in.runner.stack.LocalNames;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

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

  /** Deliveries of a subscription that were refused, or not answered in time. */
  long nacks(String subscription) throws IOException, InterruptedException {
    JsonNode one = json("/_in/pubsub").path("subscriptions").path(subscription);
    return one.path("nacks").asLong() + one.path("expirations").asLong();
  }

  /** Deliveries of a function's subscriptions that are under way. */
  long outstanding(List<String> subscriptions) throws IOException, InterruptedException {
    JsonNode all = json("/_in/pubsub").path("subscriptions");
    return subscriptions.stream()
        .mapToLong(name -> all.path(name).path("outstanding").asLong())
        .sum();
  }

  /** What was published on a topic lately. */
  List<JsonNode> published(String topic) throws IOException, InterruptedException {
    List<JsonNode> messages = new ArrayList<>();
    json("/_in/pubsub/topics/" + topic + "/messages").forEach(messages::add);
    return messages;
  }

  /** The same by task. */
  Map<String, List<JsonNode>> publishedByTask(String topic)
      throws IOException, InterruptedException {
    return published(topic).stream()
        .collect(
            Collectors.groupingBy(message -> message.path("attributes").path("taskId").asText()));
  }

  /** Publishes texts, as an operator could. */
  void publish(String topic, List<String> texts, Map<String, String> attributes)
      throws IOException, InterruptedException {
    ObjectNode body = JSON.createObjectNode();
    ArrayNode messages = body.putArray("messages");
    for (String text : texts) {
      ObjectNode message =
          messages
              .addObject()
              .put(
                  "data",
                  Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
      attributes.forEach(message.putObject("attributes")::put);
    }
    HttpResponse<String> answer =
        send(
            request("/v1/projects/%s/topics/%s:publish".formatted(LocalNames.PROJECT, topic))
                .header("Authorization", "Bearer " + accessToken())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString())));
    if (answer.statusCode() != 200) {
      throw new IOException("refused: " + answer.body());
    }
  }

  private String accessToken() throws IOException, InterruptedException {
    HttpRequest.Builder request =
        request("/computeMetadata/v1/instance/service-accounts/default/token")
            .header("Metadata-Flavor", "Google");
    return JSON.readTree(send(request).body()).path("access_token").asText();
  }

  /** A published message's text. */
  static String text(JsonNode message) {
    return new String(
        Base64.getDecoder().decode(message.path("data").asText()), StandardCharsets.UTF_8);
  }

  /** The fields of a task's document, as Firestore's REST interface has them. */
  Optional<JsonNode> document(String taskId) throws IOException, InterruptedException {
    HttpResponse<String> answer = send(request(documentPath(taskId)));
    return answer.statusCode() == 200
        ? Optional.of(JSON.readTree(answer.body()).path("fields"))
        : Optional.empty();
  }

  /** Writes a task's document as it is, whatever is there. */
  void putDocument(String taskId, JsonNode fields) throws IOException, InterruptedException {
    String body = JSON.createObjectNode().<ObjectNode>set("fields", fields).toString();
    required(
        request(documentPath(taskId))
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString(body)));
  }

  void deleteDocument(String taskId) throws IOException, InterruptedException {
    required(request(documentPath(taskId)).DELETE());
  }

  private static String documentPath(String taskId) {
    return "/v1/projects/%s/databases/(default)/documents/tasks/%s"
        .formatted(LocalNames.PROJECT, taskId);
  }

  private void required(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> answer = send(request);
    if (answer.statusCode() != 200) {
      throw new IOException("refused: " + answer.body());
    }
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
