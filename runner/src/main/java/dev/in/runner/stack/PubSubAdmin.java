package dev.in.runner.stack;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.in.runner.process.StackFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Pub/Sub's REST interface as an administrator
 * (https://cloud.google.com/pubsub/docs/reference/rest): of gRPC the first call alone would cost a
 * second of start-up.
 */
final class PubSubAdmin {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final int CONFLICT = 409;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI endpoint;
  private final String accessToken;
  private final HttpClient http;

  private PubSubAdmin(URI endpoint, String accessToken, HttpClient http) {
    this.endpoint = endpoint;
    this.accessToken = accessToken;
    this.http = http;
  }

  /** An administrator with an access token of the local cloud's metadata server. */
  static PubSubAdmin of(Cloud cloud) throws StackFailure, InterruptedException {
    requireNonNull(cloud, "cloud is null");
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    URI question =
        cloud.endpoint().resolve("/computeMetadata/v1/instance/service-accounts/default/token");
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(question)
                  .header("Metadata-Flavor", "Google")
                  .timeout(TIMEOUT)
                  .build(),
              BodyHandlers.ofString());
      String token = JSON.readTree(answer.body()).path("access_token").asText();
      return new PubSubAdmin(cloud.endpoint(), token, http);
    } catch (IOException e) {
      throw new StackFailure("the local cloud gives no access token: " + e, e);
    }
  }

  /** Makes a topic or subscription; that it is there already is as good. */
  void create(String resource, ObjectNode body) throws StackFailure, InterruptedException {
    HttpResponse<String> answer =
        send(request(resource).PUT(BodyPublishers.ofString(body.toString())).build());
    if (answer.statusCode() != CONFLICT) {
      requireOk(resource, answer);
    }
  }

  /** Calls one of a resource's own methods. */
  void call(String resourceAndMethod, ObjectNode body) throws StackFailure, InterruptedException {
    requireOk(
        resourceAndMethod,
        send(request(resourceAndMethod).POST(BodyPublishers.ofString(body.toString())).build()));
  }

  private HttpRequest.Builder request(String resource) {
    return HttpRequest.newBuilder(endpoint.resolve("/v1/" + resource))
        .header("Authorization", "Bearer " + accessToken)
        .header("Content-Type", "application/json")
        .timeout(TIMEOUT);
  }

  private HttpResponse<String> send(HttpRequest request) throws StackFailure, InterruptedException {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new StackFailure("Pub/Sub does not answer: " + e, e);
    }
  }

  private static void requireOk(String what, HttpResponse<String> answer) throws StackFailure {
    if (answer.statusCode() != 200) {
      throw new StackFailure(
          "Pub/Sub refused %s: %d %s".formatted(what, answer.statusCode(), answer.body().strip()));
    }
  }
}
