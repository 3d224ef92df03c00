package dev.in.runner.drill;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A user's host that accepts connections and never says a word. */
public final class SilentHost implements AutoCloseable {
  private static final int MANY = 10_000;

  private final ServerSocket socket;

  private SilentHost(ServerSocket socket) {
    this.socket = socket;
  }

  /** The system accepts connections for it, which nobody ever takes. */
  public static SilentHost open() throws IOException {
    return new SilentHost(new ServerSocket(0, MANY, InetAddress.getLoopbackAddress()));
  }

  /** {@code host:port}. */
  public String endpoint() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
