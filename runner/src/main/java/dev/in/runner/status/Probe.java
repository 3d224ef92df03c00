package dev.in.runner.status;

import static java.util.Objects.requireNonNull;

import dev.in.runner.stack.MetadataServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** HTTP requests with a short timeout. */
final class Probe {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Duration timeout;

  Probe(Duration timeout) {
    this.timeout = requireNonNull(timeout, "timeout is null");
  }

  /** The answer, whatever its status; empty if none came in time. */
  Optional<Answer> get(URI uri) throws InterruptedException {
    return send(HttpRequest.newBuilder(uri));
  }

  /** The same of what only operators may see. */
  Optional<Answer> get(URI uri, MetadataServer operators, String audience)
      throws InterruptedException {
    try {
      String token = operators.identityToken(client, audience);
      return send(HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Optional<Answer> send(HttpRequest.Builder request) throws InterruptedException {
    try {
      var answer = client.send(request.timeout(timeout).build(), BodyHandlers.ofString());
      return Optional.of(new Answer(answer.statusCode(), answer.body()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  record Answer(int status, String body) {
    boolean ok() {
      return status == 200;
    }
  }
}
