package dev.in.emulator;

import com.linecorp.armeria.server.Server;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The server's ports: one for all, and one more for each account that has a metadata server of its
 * own. All of them serve everything; only for the metadata server does it matter which.
 */
final class Ports {
  private final int wanted;
  private final String defaultAccount;
  private final List<String> identities;
  private volatile Map<String, Integer> portOfAccount = Map.of();
  private volatile Map<Integer, String> accountOfPort = Map.of();

  /**
   * @param wanted the main port, 0 for a free one
   * @param defaultAccount the account of the main port
   */
  Ports(int wanted, String defaultAccount, List<String> identities) {
    this.wanted = wanted;
    this.defaultAccount = defaultAccount;
    this.identities = identities.stream().filter(one -> !one.equals(defaultAccount)).toList();
  }

  /** What to bind before the server starts. IPv4 alone: every client tries it for localhost. */
  List<InetSocketAddress> addresses() {
    List<InetSocketAddress> addresses = new ArrayList<>();
    addresses.add(new InetSocketAddress(loopback(), wanted));
    identities.forEach(unused -> addresses.add(new InetSocketAddress(loopback(), 0)));
    return addresses;
  }

  /** Assigns the ports that the server got to the accounts. */
  void opened(Server server) {
    Map<String, Integer> ports = new HashMap<>();
    List<Integer> free = new ArrayList<>();
    server.activePorts().keySet().stream().map(InetSocketAddress::getPort).forEach(free::add);
    Integer main = wanted == 0 ? free.getFirst() : Integer.valueOf(wanted);
    free.remove(main);
    ports.put(defaultAccount, main);
    identities.forEach(account -> ports.put(account, free.removeFirst()));
    Map<Integer, String> accounts = new HashMap<>();
    ports.forEach((account, port) -> accounts.put(port, account));
    portOfAccount = Map.copyOf(ports);
    accountOfPort = Map.copyOf(accounts);
  }

  int main() {
    return of(defaultAccount);
  }

  int of(String account) {
    Integer port = portOfAccount.get(account);
    if (port == null) {
      throw new IllegalArgumentException("no metadata server for " + account);
    }
    return port;
  }

  String accountOf(int port) {
    return accountOfPort.getOrDefault(port, defaultAccount);
  }

  private static InetAddress loopback() {
    try {
      return InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
    } catch (UnknownHostException e) {
      throw new IllegalStateException("127.0.0.1 is an address", e);
    }
  }
}
