package dev.in.runner.stack;

import static java.util.Objects.requireNonNull;

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

  private final URI endpoint;
  private final MetadataServer metadata;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();

  /**
   * An administrator with access tokens of the local cloud's metadata server.
   *
   * @param cloud the local cloud's address
   */
  PubSubAdmin(URI cloud) {
    this.endpoint = requireNonNull(cloud, "cloud is null");
    this.metadata = new MetadataServer(cloud.getAuthority());
  }

  /** Makes a topic or subscription; that it is there already is as good. */
  void create(String resource, ObjectNode body) throws StackFailure, InterruptedException {
    HttpResponse<String> answer =
        send(request(resource).PUT(BodyPublishers.ofString(body.toString())));
    if (answer.statusCode() != CONFLICT) {
      requireOk(resource, answer);
    }
  }

  /** Calls one of a resource's own methods and returns its answer. */
  String call(String resourceAndMethod, ObjectNode body) throws StackFailure, InterruptedException {
    HttpResponse<String> answer =
        send(request(resourceAndMethod).POST(BodyPublishers.ofString(body.toString())));
    requireOk(resourceAndMethod, answer);
    return answer.body();
  }

  private HttpRequest.Builder request(String resource) {
    return HttpRequest.newBuilder(endpoint.resolve("/v1/" + resource))
        .header("Content-Type", "application/json")
        .timeout(TIMEOUT);
  }

  /** Each with a token of its own: a stack outlives a token, which holds for an hour. */
  private HttpResponse<String> send(HttpRequest.Builder request)
      throws StackFailure, InterruptedException {
    try {
      request.header("Authorization", "Bearer " + metadata.accessToken(http));
      return http.send(request.build(), BodyHandlers.ofString());
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
