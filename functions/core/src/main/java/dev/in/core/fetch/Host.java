package dev.in.core.fetch;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;

/** The host of a URL, judged: either a name to be resolved or an address already. */
sealed interface Host {
  /** Canonical: lower case, ASCII, an address in its usual spelling without brackets. */
  String text();

  /**
   * @param text without the trailing dot that a fully qualified name may end in
   */
  record Name(String text) implements Host {
    public Name {
      requireNonNull(text, "text is null");
    }
  }

  /**
   * @param verdict on the address as it was written: {@code [::ffff:1.1.1.1]} is {@link
   *     AddressClass#IPV4_MAPPED} although Java connects to 1.1.1.1
   */
  record Literal(String text, InetAddress address, AddressClass verdict) implements Host {
    public Literal {
      requireNonNull(text, "text is null");
      requireNonNull(address, "address is null");
      requireNonNull(verdict, "verdict is null");
    }
  }
}
