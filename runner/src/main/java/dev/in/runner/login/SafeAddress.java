package dev.in.runner.login;

import dev.in.runner.process.StackFailure;
import java.net.URI;
import java.util.Set;

/** Where a token, or what it is made of, may be sent: by https, or to this machine. */
public final class SafeAddress {
  private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "[::1]", "localhost");

  private SafeAddress() {}

  /**
   * The address, if a token may be sent there.
   *
   * @param what for people: what the address is of
   */
  public static URI require(String address, String what) throws StackFailure {
    try {
      URI uri = URI.create(address);
      if (isSafe(uri)) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw new StackFailure("%s is not an address: %s".formatted(what, address), e);
    }
    throw new StackFailure("%s must be an https address, not %s".formatted(what, address));
  }

  private static boolean isSafe(URI uri) {
    String host = uri.getHost();
    return host != null
        && uri.getUserInfo() == null
        && ("https".equals(uri.getScheme())
            || ("http".equals(uri.getScheme()) && THIS_MACHINE.contains(host)));
  }
}
