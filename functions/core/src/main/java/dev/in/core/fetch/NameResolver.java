package dev.in.core.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Turns a name into addresses. May answer differently each time: see {@link AccessRules}. */
@FunctionalInterface
public interface NameResolver {
  /**
   * @param name ASCII, without a trailing dot
   * @return at least one address, in the order in which they should be tried
   * @throws UnknownHostException if there is no such name, or no resolver answers
   */
  List<InetAddress> resolve(String name) throws UnknownHostException;

  /** The machine's own, which may take many seconds to give up. */
  static NameResolver system() {
    return name -> List.of(InetAddress.getAllByName(name));
  }
}
