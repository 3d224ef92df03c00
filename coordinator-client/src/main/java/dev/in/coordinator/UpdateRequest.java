package dev.in.coordinator;

import dev.in.coordinator.UpdateAnswer.Unavailable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One update as a request that can be sent many times. */
final class UpdateRequest {
  private final HttpClient http;
  private final URI uri;
  private final byte[] body;
  private final Optional<String> traceparent;

  UpdateRequest(HttpClient http, URI edge, StatusUpdate update, Optional<String> traceparent) {
    this.http = http;
    this.uri =
        URI.create(
            edge.toString().replaceAll("/+$", "")
                + "/internal/v1/tasks/"
                + update.task().taskId()
                + "/status");
    this.body = UpdateJson.write(update);
    this.traceparent = traceparent;
  }

  /**
   * @param limit for the whole of it: the JDK's own timeout ends with the answer's head
   */
  Reply send(String token, Duration limit) throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofByteArray(body));
    traceparent.ifPresent(value -> request.header("traceparent", value));
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request.build(), head -> new LimitedBody());
    try {
      return Reply.of(answer.get(limit.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      return Reply.of(new Unavailable("no answer in time"));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException fault) {
        return Reply.of(new Unavailable("no answer: " + fault.getClass().getSimpleName()));
      }
      throw new IllegalStateException("the HTTP client failed", e.getCause());
    } finally {
      answer.cancel(true); // without effect once it has ended
    }
  }
}
