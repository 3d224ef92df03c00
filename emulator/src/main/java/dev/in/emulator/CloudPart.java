package dev.in.emulator;

import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServerBuilder;
import java.util.Optional;

/**
 * One Google service of the local cloud. Parts share the server and its port and know nothing of
 * each other; requests are told apart by their path.
 */
public interface CloudPart extends AutoCloseable {

  /** Adds this part's services to the one server. Called once, before the server starts. */
  void install(ServerBuilder server);

  /**
   * The name under which a REST call is counted and hit by faults, in Google's form ({@code
   * storage.objects.insert}). A gRPC call needs none: its path is its name ({@code
   * google.pubsub.v1.Publisher/Publish}).
   *
   * @return empty when the request is not this part's
   */
  default Optional<String> callName(RequestHeaders request) {
    return Optional.empty();
  }

  /** Ends what the part has running. Called once, after the server has stopped. */
  @Override
  default void close() {}
}
