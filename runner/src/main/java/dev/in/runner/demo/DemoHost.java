package dev.in.runner.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A newcomer's own server: it has an image, though not at once, and receives webhooks. */
public final class DemoHost implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final byte[] image;
  private final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();
  private volatile boolean hasImage;

  private DemoHost(HttpServer server, byte[] image) {
    this.server = server;
    this.image = image;
  }

  /** Starts without the image. */
  public static DemoHost start(Path image) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    DemoHost host = new DemoHost(server, Files.readAllBytes(image));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/image", host::image);
    server.createContext("/webhook", host::webhook);
    server.start();
    return host;
  }

  /** Has edge and functions take an address on this machine. */
  public Map<String, String> settings() {
    return Map.of("IN_FETCH_ALLOW", uri("").getAuthority(), "IN_FETCH_SCHEMES", "https,http");
  }

  public URI image() {
    return uri("/image");
  }

  public URI webhook() {
    return uri("/webhook");
  }

  /** From now on the image is there. */
  public void putImage() {
    hasImage = true;
  }

  /** The next event that comes; empty if none does in time. */
  public Optional<JsonNode> receive(Duration time) throws InterruptedException {
    return Optional.ofNullable(received.poll(time.toMillis(), TimeUnit.MILLISECONDS));
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private void image(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (hasImage) {
        exchange.sendResponseHeaders(200, image.length);
        exchange.getResponseBody().write(image);
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  private void webhook(HttpExchange exchange) throws IOException {
    try (exchange) {
      received.add(JSON.readTree(exchange.getRequestBody().readAllBytes()));
      exchange.sendResponseHeaders(204, -1);
    }
  }
}
