package dev.in.runner.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;

/** A consumer that begins with nothing, and whose state is every event that it was sent, once. */
final class EmptyConsumer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final SortedMap<String, String> state = new TreeMap<>();
  private int taken;
  private int limit;

  private EmptyConsumer(HttpServer server, int limit) {
    this.server = server;
    this.limit = limit;
  }

  /**
   * @param limit how many events it takes before it refuses the operator
   */
  static EmptyConsumer start(int limit) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    EmptyConsumer consumer = new EmptyConsumer(server, limit);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/operator/replay", consumer::handle);
    server.start();
    return consumer;
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** It refuses nobody any more. */
  synchronized void takeAll() {
    limit = Integer.MAX_VALUE;
  }

  /** How many events it has taken, with repeats. */
  synchronized int taken() {
    return taken;
  }

  /** How many of them were different. */
  synchronized int size() {
    return state.size();
  }

  /** The bodies of these tasks' events, by {@link #key}. */
  synchronized SortedMap<String, String> of(Set<String> taskIds) {
    SortedMap<String, String> some = new TreeMap<>(state);
    some.keySet().removeIf(key -> !taskIds.contains(key.substring(0, key.indexOf(' '))));
    return some;
  }

  /** Of an event's message. */
  static String key(JsonNode message) {
    JsonNode attributes = message.path("attributes");
    return attributes.path("taskId").asText() + " " + attributes.path("eventId").asText();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode message = JSON.readTree(exchange.getRequestBody().readAllBytes()).path("message");
      exchange.sendResponseHeaders(take(message) ? 204 : 403, -1);
    }
  }

  private synchronized boolean take(JsonNode message) {
    if (taken >= limit) {
      return false;
    }
    taken++;
    state.put(key(message), LocalCloudClient.text(message));
    return true;
  }
}
