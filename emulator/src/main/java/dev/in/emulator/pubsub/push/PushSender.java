package dev.in.emulator.pubsub.push;

import static java.util.Objects.requireNonNull;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import com.linecorp.armeria.common.SessionProtocol;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Makes push requests: HTTP/1.1, connections kept, redirects not followed. */
public final class PushSender implements AutoCloseable {
  /** The only answers that ack; everything else is a nack. */
  private static final Set<Integer> ACKS = Set.of(102, 200, 201, 202, 204);

  /**
   * Shorter than servers usually keep an idle connection, so that no connection is used as it
   * closes.
   */
  private static final Duration IDLE = Duration.ofSeconds(5);

  private final ClientFactory factory =
      ClientFactory.builder().connectTimeout(Duration.ofSeconds(10)).idleTimeout(IDLE).build();

  /** By endpoint, whose address is read once instead of with each request. */
  private final Map<URI, WebClient> clients = new ConcurrentHashMap<>();

  public static boolean isAck(int httpStatus) {
    return ACKS.contains(httpStatus);
  }

  /**
   * Sends a body.
   *
   * @param bearer the token for the Authorization header
   * @return the HTTP status, or the failure of the connection; cancelling it closes the connection
   */
  public CompletableFuture<Integer> send(URI endpoint, byte[] body, Optional<String> bearer) {
    requireNonNull(endpoint, "endpoint is null");
    RequestHeadersBuilder headers =
        RequestHeaders.builder(HttpMethod.POST, path(endpoint))
            .contentType(MediaType.JSON)
            .set(HttpHeaderNames.USER_AGENT, "CloudPubSub-Google");
    bearer.ifPresent(token -> headers.set(HttpHeaderNames.AUTHORIZATION, "Bearer " + token));
    HttpResponse response =
        clients
            .computeIfAbsent(endpoint, this::client)
            .execute(HttpRequest.of(headers.build(), HttpData.wrap(body)));
    StatusReader reader = new StatusReader();
    response.subscribe(reader);
    CompletableFuture<Integer> answer = reader.status();
    answer.whenComplete(
        (status, failure) -> {
          if (answer.isCancelled()) {
            response.abort();
          }
        });
    return answer;
  }

  /** The subscription's ack deadline is the only timeout. */
  private WebClient client(URI endpoint) {
    // Armeria would try HTTP/2 first.
    SessionProtocol protocol =
        "https".equals(endpoint.getScheme()) ? SessionProtocol.H1 : SessionProtocol.H1C;
    return WebClient.builder(protocol.uriText() + "://" + endpoint.getRawAuthority())
        .factory(factory)
        .responseTimeoutMillis(0)
        .maxResponseLength(0)
        .build();
  }

  private static String path(URI endpoint) {
    String path = endpoint.getRawPath().isEmpty() ? "/" : endpoint.getRawPath();
    return endpoint.getRawQuery() == null ? path : path + "?" + endpoint.getRawQuery();
  }

  @Override
  public void close() {
    factory.closeAsync();
  }
}
