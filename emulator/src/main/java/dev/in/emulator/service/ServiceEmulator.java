package dev.in.emulator.service;

import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServerBuilder;
import java.util.Optional;

/**
 * One Google service of the local cloud. All share the server and its port and are independent of
 * each other; requests are distinguished by their path.
 */
public interface ServiceEmulator extends AutoCloseable {

  /** Adds this service's routes to the server. Called once, before the server starts. */
  void install(ServerBuilder server);

  /**
   * The name under which a REST call is counted and matched by fault rules, in Google's form
   * ({@code storage.objects.insert}). A gRPC call needs none: its path is its name ({@code
   * google.pubsub.v1.Publisher/Publish}).
   *
   * @return empty when the request is for another service
   */
  default Optional<String> callName(RequestHeaders request) {
    return Optional.empty();
  }

  /** Releases what the service holds. Called once, after the server has stopped. */
  @Override
  default void close() {}
}
