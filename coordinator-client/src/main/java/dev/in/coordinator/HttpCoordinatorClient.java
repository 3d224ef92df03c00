package dev.in.coordinator;

import static java.util.Objects.requireNonNull;

import dev.in.coordinator.UpdateAnswer.NotAuthorized;
import dev.in.coordinator.UpdateAnswer.Unavailable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Over HTTP, as sync's service account. Follows no redirects: the token is for the edge alone.
 *
 * <p>Safe for use by many threads at once.
 */
public final class HttpCoordinatorClient implements CoordinatorClient, AutoCloseable {
  private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

  private final HttpClient http;
  private final URI edge;
  private final String audience;
  private final IdentityTokens tokens;
  private final ClientSettings settings;
  private final RetryPolicy retryPolicy;

  /**
   * @param edge where the edge is, without {@code /internal}; https, or http on this machine alone,
   *     since a token goes there
   * @param audience the {@code aud} the edge wants, whatever address it is reached by
   */
  public HttpCoordinatorClient(
      URI edge, String audience, IdentityTokens tokens, ClientSettings settings) {
    this(edge, audience, tokens, settings, RandomGenerator.getDefault());
  }

  HttpCoordinatorClient(
      URI edge,
      String audience,
      IdentityTokens tokens,
      ClientSettings settings,
      RandomGenerator random) {
    this.edge = requireSafe(requireNonNull(edge, "edge is null"));
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

  @Override
  public UpdateAnswer send(StatusUpdate update, CallContext context) {
    Deadline deadline = Deadline.in(context.timeLimit());
    UpdateRequest request = new UpdateRequest(http, edge, update, context.traceparent());
    try {
      return send(request, deadline);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Unavailable("interrupted");
    }
  }

  private UpdateAnswer send(UpdateRequest request, Deadline deadline) throws InterruptedException {
    boolean fresh = false;
    for (int failed = 1; ; failed++) {
      Reply reply = attempt(request, fresh, deadline);
      if (!fresh && reply.answer() instanceof NotAuthorized refused && refused.status() == 401) {
        fresh = true; // once a call: keys may have been rotated, or a kept token may be too old
        reply = attempt(request, fresh, deadline);
      }
      if (!(reply.answer() instanceof Unavailable) || failed == settings.attempts()) {
        return reply.answer();
      }
      Optional<Duration> pause =
          retryPolicy
              .after(failed, reply.retryAfter())
              .filter(wanted -> wanted.compareTo(deadline.remaining()) < 0);
      if (pause.isEmpty()) {
        return reply.answer();
      }
      Thread.sleep(pause.get());
    }
  }

  private Reply attempt(UpdateRequest request, boolean fresh, Deadline deadline)
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
    return request.send(
        token, left.compareTo(settings.requestTimeout()) < 0 ? left : settings.requestTimeout());
  }

  /** Ends what is under way. */
  @Override
  public void close() {
    http.shutdownNow();
  }
}
