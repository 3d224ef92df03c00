package dev.in.core.testing;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Calls a function as Pub/Sub does, and as others might. */
public final class PushClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI endpoint;
  private final Map<String, String> headers;

  public PushClient(URI endpoint) {
    this(endpoint, Map.of());
  }

  private PushClient(URI endpoint, Map<String, String> headers) {
    this.endpoint = requireNonNull(endpoint, "endpoint is null");
    this.headers = Map.copyOf(headers);
  }

  /** The same with this {@code Authorization} header. */
  public PushClient authorizedBy(String header) {
    return with("Authorization", header);
  }

  /** The same with one more header. */
  public PushClient with(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new PushClient(endpoint, more);
  }

  public HttpResponse<String> push(PushBody body) {
    return post(body.json());
  }

  public HttpResponse<String> post(String body) {
    return postTo("/", body);
  }

  public HttpResponse<String> postTo(String path, String body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  public HttpResponse<String> putTo(String path, String body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(body))
            .build());
  }

  public HttpResponse<String> deleteAt(String path) {
    return send(request(path).DELETE().build());
  }

  public HttpResponse<String> get(String path) {
    return send(request(path).GET().build());
  }

  /** The first answer with that status, or the last one when the time is up. */
  public HttpResponse<String> getUntil(int status, String path) {
    long end = System.nanoTime() + TIMEOUT.toNanos();
    HttpResponse<String> answer = get(path);
    while (answer.statusCode() != status && System.nanoTime() < end) {
      LockSupport.parkNanos(PAUSE.toNanos());
      answer = get(path);
    }
    return answer;
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(endpoint.resolve("/").toString() + path.substring(1)))
            .timeout(TIMEOUT);
    headers.forEach(request::header);
    return request;
  }

  private static HttpResponse<String> send(HttpRequest request) {
    try {
      return HTTP.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException("no answer from " + request.uri(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
