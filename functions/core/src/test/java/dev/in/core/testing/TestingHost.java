package dev.in.core.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/**
 * A foreign web server on 127.0.0.1 that sends exactly the bytes that a test plans, valid or not.
 */
public final class TestingHost implements AutoCloseable {
  /** Writes the answer to a GET of one path; the connection is closed when it returns. */
  @FunctionalInterface
  public interface Behaviour {
    void answer(OutputStream out) throws IOException, InterruptedException;
  }

  private final ServerSocket server;
  private final Map<String, Behaviour> paths = new ConcurrentHashMap<>();
  private final List<List<String>> heads = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  private TestingHost(ServerSocket server) {
    this.server = server;
    Thread.ofVirtual().start(this::accept);
  }

  public static TestingHost https(TestCertificate certificate) {
    SSLContext context = certificate.serverContext();
    return bind(() -> context.getServerSocketFactory().createServerSocket(0, 50, loopback()));
  }

  public static TestingHost http() {
    return bind(() -> new ServerSocket(0, 50, loopback()));
  }

  private interface Binding {
    ServerSocket bind() throws IOException;
  }

  private static TestingHost bind(Binding binding) {
    try {
      return new TestingHost(binding.bind());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  public static InetAddress loopback() {
    return InetAddress.ofLiteral("127.0.0.1");
  }

  public TestingHost on(String path, Behaviour behaviour) {
    paths.put(path, behaviour);
    return this;
  }

  /** Answers in full: status line and headers as given, then the body. */
  public TestingHost on(String path, String head, byte[] body) {
    return on(
        path,
        out -> {
          write(out, head);
          out.write(body);
        });
  }

  public TestingHost on(String path, String head) {
    return on(path, head, new byte[0]);
  }

  /** Writes a head; its lines are given with a bare line feed. */
  public static void write(OutputStream out, String head) throws IOException {
    out.write((head.replace("\n", "\r\n") + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  public int port() {
    return server.getLocalPort();
  }

  public String url(String host, String path) {
    return "https://" + host + ":" + port() + path;
  }

  public int connections() {
    return connections.get();
  }

  /** The request heads so far, request line first. */
  public List<List<String>> heads() {
    return List.copyOf(heads);
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        connections.incrementAndGet();
        open.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      List<String> head = readHead(socket);
      heads.add(head);
      String path = head.getFirst().split(" ")[1];
      Behaviour behaviour =
          paths.getOrDefault(path, out -> write(out, "HTTP/1.1 404 Not Found\nContent-Length: 0"));
      behaviour.answer(socket.getOutputStream());
    } catch (IOException | InterruptedException clientLeft) {
      // Which many tests are about.
    }
  }

  private static List<String> readHead(Socket socket) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    List<String> head = new ArrayList<>();
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      head.add(line);
    }
    if (head.isEmpty()) {
      throw new IOException("no request");
    }
    return head;
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
