package dev.in.coordinator;

import static java.util.Objects.requireNonNull;

import dev.in.coordinator.UpdateAnswer.NotAuthorized;
import dev.in.coordinator.UpdateAnswer.Unavailable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/**
 * Calls the edge over HTTP as a function's service account, with a few quick retries. Follows no
 * redirects: the token is for the edge alone.
 *
 * <p>Safe for use by many threads at once.
 */
public final class EdgeConnection implements AutoCloseable {
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  private final HttpClient http;
  private final String edge;
  private final String audience;
  private final IdentityTokens tokens;
  private final ClientSettings settings;
  private final RetryPolicy retryPolicy;

  /**
   * @param edge where the edge is, without {@code /internal}; https, or http on this machine alone,
   *     since a token goes there
   * @param audience the {@code aud} the edge wants, whatever address it is reached by
   */
  public EdgeConnection(URI edge, String audience, IdentityTokens tokens, ClientSettings settings) {
    this(edge, audience, tokens, settings, RandomGenerator.getDefault());
  }

  EdgeConnection(
      URI edge,
      String audience,
      IdentityTokens tokens,
      ClientSettings settings,
      RandomGenerator random) {
    this.edge = requireSafe(requireNonNull(edge, "edge is null")).toString().replaceAll("/+$", "");
    this.audience = requireNonNull(audience, "audience is null");
    this.tokens = requireNonNull(tokens, "tokens is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.retryPolicy = new RetryPolicy(settings, requireNonNull(random, "random is null"));
    this.http =
        HttpClient.newBuilder()
            // No upgrade to HTTP/2 is tried in plain text: what stands before an edge may choke.
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.connectTimeout())
            .build();
  }

  private static URI requireSafe(URI edge) {
    boolean safe =
        edge.getHost() != null
            && edge.getRawUserInfo() == null
            && ("https".equals(edge.getScheme())
                || "http".equals(edge.getScheme()) && THIS_MACHINE.contains(edge.getHost()));
    if (!safe) {
      throw new IllegalArgumentException(
          "edge is not an https URL, nor http on this machine: " + edge);
    }
    if (edge.getRawQuery() != null || edge.getRawFragment() != null) {
      throw new IllegalArgumentException("edge has a query or a fragment: " + edge);
    }
    return edge;
  }

  /** Has an ID token ready before the first call needs it. */
  public void warm() throws IOException {
    tokens.idToken(audience);
  }

  /** Sends a request, again where that may help, and waits for the edge's response. */
  Reply call(EdgeRequest request, Duration timeLimit) {
    try {
      return call(request, Deadline.in(timeLimit));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Reply.of(new Unavailable("interrupted"));
    }
  }

  private Reply call(EdgeRequest request, Deadline deadline) throws InterruptedException {
    boolean fresh = false;
    for (int failed = 1; ; failed++) {
      Reply reply = attempt(request, fresh, deadline);
      if (!fresh && reply.answer() instanceof NotAuthorized refused && refused.status() == 401) {
        fresh = true; // once a call: keys may have been rotated, or a kept token may be too old
        reply = attempt(request, fresh, deadline);
      }
      if (!(reply.answer() instanceof Unavailable) || failed == settings.attempts()) {
        return reply;
      }
      Optional<Duration> pause =
          retryPolicy
              .after(failed, reply.retryAfter())
              .filter(wanted -> wanted.compareTo(deadline.remaining()) < 0);
      if (pause.isEmpty()) {
        return reply;
      }
      Thread.sleep(pause.get());
    }
  }

  private Reply attempt(EdgeRequest request, boolean fresh, Deadline deadline)
      throws InterruptedException {
    String token;
    try {
      token = fresh ? tokens.freshIdToken(audience) : tokens.idToken(audience);
    } catch (IOException e) {
      return Reply.of(new Unavailable("no ID token: " + e.getClass().getSimpleName()));
    }
    Duration left = deadline.remaining();
    if (!left.isPositive()) {
      return Reply.of(new Unavailable("no time left"));
    }
    return send(
        request,
        token,
        left.compareTo(settings.requestTimeout()) < 0 ? left : settings.requestTimeout());
  }

  /**
   * @param limit for the whole of it: the JDK's own timeout ends with the answer's head
   */
  private Reply send(EdgeRequest request, String token, Duration limit)
      throws InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(http(request, token), head -> new LimitedBody());
    try {
      return Reply.of(answer.get(limit.toNanos(), TimeUnit.NANOSECONDS), request.success());
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

  private HttpRequest http(EdgeRequest request, String token) {
    BodyPublisher body =
        request.body().map(BodyPublishers::ofByteArray).orElseGet(BodyPublishers::noBody);
    HttpRequest.Builder http =
        HttpRequest.newBuilder(URI.create(edge + request.path()))
            .header("Authorization", "Bearer " + token)
            .method(request.method(), body);
    request.body().ifPresent(_ -> http.header("Content-Type", "application/json"));
    request.traceparent().ifPresent(value -> http.header("traceparent", value));
    return http.build();
  }

  /** Ends what is under way. */
  @Override
  public void close() {
    http.shutdownNow();
  }
}
