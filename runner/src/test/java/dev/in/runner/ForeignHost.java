package dev.in.runner;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/**
 * A user's https host on 127.0.0.1. It writes any bytes, valid or not, which no HTTP server's
 * library would do.
 */
final class ForeignHost implements AutoCloseable {
  static final String OK = "HTTP/1.1 200 OK\nContent-Type: image/png";

  /** Writes the answer to a GET; the connection is closed when it returns. */
  @FunctionalInterface
  interface Behaviour {
    void answer(OutputStream out) throws IOException, InterruptedException;
  }

  private final ServerSocket server;
  private final Map<String, Behaviour> paths = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();

  ForeignHost(SSLContext context) throws IOException {
    InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
    server = context.getServerSocketFactory().createServerSocket(0, 50, loopback);
    Thread.ofVirtual().start(this::accept);
  }

  /** Has a path answered so. */
  ForeignHost on(String path, Behaviour behaviour) {
    paths.put(path, behaviour);
    return this;
  }

  ForeignHost on(String path, String head, byte[] body) {
    return on(
        path,
        out -> {
          write(out, head);
          out.write(body);
        });
  }

  ForeignHost on(String path, String head) {
    return on(path, head, new byte[0]);
  }

  /**
   * @param head its lines, ended by line feeds alone
   */
  static void write(OutputStream out, String head) throws IOException {
    out.write((head.replace("\n", "\r\n") + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** As {@code IN_FETCH_ALLOW} has it. */
  String endpoint() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  String url(String path) {
    return "https://" + endpoint() + path;
  }

  /** How often a path was asked for. */
  long asked(String path) {
    return asked.stream().filter(path::equals).count();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException e) {
      // It is closed.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      String path = readPath(socket);
      asked.add(path);
      paths.getOrDefault(path, ForeignHost::notFound).answer(socket.getOutputStream());
    } catch (IOException | InterruptedException e) {
      // Who asked has heard enough.
    }
  }

  private static void notFound(OutputStream out) throws IOException {
    write(out, "HTTP/1.1 404 Not Found\nContent-Length: 0");
  }

  private static String readPath(Socket socket) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    String request = in.readLine();
    if (request == null) {
      throw new IOException("no request");
    }
    while (!in.readLine().isEmpty()) {
      // The head ends with an empty line.
    }
    return request.split(" ")[1];
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
