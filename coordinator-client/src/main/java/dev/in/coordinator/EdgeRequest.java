package dev.in.coordinator;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One call of the edge's internal API, which can be sent many times.
 *
 * @param path below the edge's address, beginning with a slash
 * @param body JSON
 * @param success the one status that is the edge's own answer to a success
 */
record EdgeRequest(
    String method, String path, Optional<byte[]> body, Optional<String> traceparent, int success) {

  EdgeRequest {
    requireNonNull(method, "method is null");
    requireNonNull(path, "path is null");
    requireNonNull(body, "body is null");
    requireNonNull(traceparent, "traceparent is null");
  }

  static EdgeRequest get(String path, CallContext context) {
    return new EdgeRequest("GET", path, Optional.empty(), context.traceparent(), 200);
  }

  static EdgeRequest put(String path, byte[] body, CallContext context) {
    return new EdgeRequest("PUT", path, Optional.of(body), context.traceparent(), 204);
  }

  static EdgeRequest post(String path, byte[] body, CallContext context) {
    return new EdgeRequest("POST", path, Optional.of(body), context.traceparent(), 204);
  }
}
