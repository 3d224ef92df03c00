package dev.in.download;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/** A user's host, to which the function is let for the test. */
public final class ImageHost implements QuarkusTestResourceLifecycleManager {
  private static final int BLOCK = 64 << 10;

  private final Map<String, Integer> requests = new ConcurrentHashMap<>();
  private HttpServer server;

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("no host can be started", e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/whole", exchange -> send(exchange, 300_000, 300_000));
    server.createContext("/large", exchange -> send(exchange, 0, 4 << 20));
    server.createContext("/cut", exchange -> send(exchange, 300_000, 200_000));
    server.start();
    return Map.of("in.fetch.allow", "127.0.0.1:" + server.getAddress().getPort());
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  int requests(String path) {
    return requests.getOrDefault(path, 0);
  }

  /**
   * @param declared the length that is declared; 0 for none
   */
  private void send(HttpExchange exchange, int declared, int sent) throws IOException {
    requests.merge(exchange.getRequestURI().getPath(), 1, Integer::sum);
    byte[] image = ImageBytes.jpeg(sent);
    exchange.sendResponseHeaders(200, declared);
    try (OutputStream body = exchange.getResponseBody()) {
      for (int at = 0; at < image.length; at += BLOCK) {
        body.write(image, at, Math.min(BLOCK, image.length - at));
      }
      body.flush();
    } finally {
      exchange.close();
    }
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(this, new TestInjector.MatchesType(ImageHost.class));
  }

  @Override
  public void stop() {
    server.stop(0);
  }
}
