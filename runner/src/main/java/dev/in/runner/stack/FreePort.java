package dev.in.runner.stack;

import dev.in.runner.process.StackFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A port of this machine on which nothing listens yet. */
final class FreePort {
  private FreePort() {}

  static int find() throws StackFailure {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new StackFailure("there is no free port: " + e, e);
    }
  }
}
