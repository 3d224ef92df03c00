package dev.in.core.fetch;

import dev.in.core.failure.TransientFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Decides whether a URL may be fetched, and from which addresses. A name is asked for once per
 * decision, and what it answers is both what is judged and what is connected to, so a name that
 * answers differently the next time gains nothing.
 *
 * <p>One forbidden address among several refuses the name: a host that mixes public and private
 * addresses is misconfigured or an attack.
 */
final class AccessRules {
  private static final String NOT_PUBLIC = "The address does not lead to a public host";

  private final FetchOptions options;
  private final NameResolver resolver;

  AccessRules(FetchOptions options, NameResolver resolver) {
    this.options = options;
    this.resolver = resolver;
  }

  /**
   * @return the addresses that may be connected to, in the order to try them
   * @throws FetchFailure forbidden, or unreachable where there is no such name
   * @throws TransientFailure if the resolver itself fails
   */
  List<InetAddress> admit(TargetUrl url) throws FetchFailure, IOException {
    boolean exempt = options.allowed().contains(url.endpoint());
    if (!exempt) {
      if (!options.schemes().contains(url.scheme())) {
        throw FetchFailure.forbidden(
            "Only " + String.join(" and ", options.schemes()) + " addresses are fetched");
      }
      if (!options.ports().contains(url.port())) {
        throw FetchFailure.forbidden("The address names a port that is not fetched from");
      }
    }
    return switch (url.host()) {
      case Host.Literal literal -> {
        requirePublic(exempt || literal.verdict() == AddressClass.PUBLIC);
        yield List.of(literal.address());
      }
      case Host.Name name -> {
        List<InetAddress> addresses = resolve(name.text());
        requirePublic(exempt || addresses.stream().allMatch(AccessRules::isPublic));
        yield addresses;
      }
    };
  }

  private static boolean isPublic(InetAddress address) {
    return AddressRules.classify(address) == AddressClass.PUBLIC;
  }

  private static void requirePublic(boolean admitted) throws FetchFailure {
    if (!admitted) {
      throw FetchFailure.forbidden(NOT_PUBLIC);
    }
  }

  private List<InetAddress> resolve(String name) throws FetchFailure, IOException {
    try {
      List<InetAddress> addresses = List.copyOf(resolver.resolve(name));
      if (addresses.isEmpty()) {
        throw FetchFailure.unreachable("The host's name has no address");
      }
      return addresses;
    } catch (UnknownHostException e) {
      throw FetchFailure.unreachable("The host's name could not be resolved");
    }
  }
}
