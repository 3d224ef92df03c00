package dev.in.core.fetch;

import dev.in.core.failure.TransientFailure;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Turns a name into addresses. May answer differently each time: see {@link AccessRules}. */
@FunctionalInterface
public interface NameResolver {
  /**
   * @param name ASCII, without a trailing dot
   * @return in the order in which they should be tried
   * @throws UnknownHostException if there is no such name, or it has no address
   * @throws TransientFailure if the resolver itself fails: that says nothing about the name
   */
  List<InetAddress> resolve(String name) throws UnknownHostException, InterruptedIOException;
}
