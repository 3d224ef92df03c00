package dev.in.emulator.pubsub.api;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.RequestHeaders;
import dev.in.emulator.identity.Authenticator;
import dev.in.emulator.identity.Authenticator.UnauthenticatedException;
import io.grpc.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who may do what over REST, where the edge comes in with its own key. Over gRPC every client is
 * let in, as with Google's emulator, since clients in emulator mode send no credentials.
 */
public final class RestAccess {
  private static final String AUDIENCE = "https://pubsub.googleapis.com/";
  private static final String PUBLISH_PERMISSION = "pubsub.topics.publish";

  private final Authenticator authenticator;
  private final Set<String> restricted;
  private final Map<String, Set<String>> publishers;

  /**
   * @param restricted accounts that may do nothing but publish, and only where they are allowed to;
   *     where there are some, a request without credentials is refused
   * @param publishers for an account, the ids of the topics that it may publish to
   */
  public RestAccess(
      Authenticator authenticator, Set<String> restricted, Map<String, Set<String>> publishers) {
    this.authenticator = authenticator;
    this.restricted = Set.copyOf(restricted);
    this.publishers = Map.copyOf(publishers);
  }

  /**
   * Refuses with UNAUTHENTICATED or PERMISSION_DENIED.
   *
   * @param publishesTo the topic's id; empty for any other method
   */
  void check(RequestHeaders headers, Optional<String> publishesTo) {
    Optional<String> caller = restrictedCaller(headers);
    if (caller.isPresent()
        && publishesTo.filter(topic -> mayPublish(caller.get(), topic)).isEmpty()) {
      throw Status.PERMISSION_DENIED
          .withDescription("User not authorized to perform this action: " + caller.get())
          .asRuntimeException();
    }
  }

  /**
   * Those of some permissions that the caller has on a topic. Everybody may ask whose credentials
   * are accepted.
   */
  List<String> granted(RequestHeaders headers, String topic, List<String> permissions) {
    Optional<String> caller = restrictedCaller(headers);
    return permissions.stream()
        .filter(
            permission ->
                caller.isEmpty()
                    || permission.equals(PUBLISH_PERMISSION) && mayPublish(caller.get(), topic))
        .toList();
  }

  private boolean mayPublish(String caller, String topic) {
    return publishers.getOrDefault(caller, Set.of()).contains(topic);
  }

  /** Empty for a caller who may do everything. */
  private Optional<String> restrictedCaller(RequestHeaders headers) {
    String authorization = headers.get(HttpHeaderNames.AUTHORIZATION);
    return authorization == null && restricted.isEmpty()
        ? Optional.empty()
        : Optional.of(caller(authorization)).filter(restricted::contains);
  }

  private String caller(String authorization) {
    if (authorization == null) {
      throw unauthenticated("the request has no Authorization header");
    }
    try {
      return authenticator.account(authorization, AUDIENCE);
    } catch (UnauthenticatedException e) {
      throw unauthenticated(e.getMessage());
    }
  }

  private static RuntimeException unauthenticated(String why) {
    return Status.UNAUTHENTICATED
        .withDescription("Request had invalid authentication credentials: " + why)
        .asRuntimeException();
  }
}
