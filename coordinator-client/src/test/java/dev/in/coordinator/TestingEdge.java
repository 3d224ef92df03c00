package dev.in.coordinator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An edge that sends planned replies, one for each request, and records the requests. */
final class TestingEdge implements AutoCloseable {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Queue<Reaction> script = new ConcurrentLinkedQueue<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  /** What the edge does with a request. */
  @FunctionalInterface
  interface Reaction {
    void to(HttpExchange exchange) throws IOException, InterruptedException;
  }

  record Request(String method, String path, Headers headers, String body, long nanoTime) {}

  TestingEdge() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  List<Request> requests() {
    return requests;
  }

  /** The next request is met by this; when nothing is left, by 599. */
  TestingEdge then(Reaction reaction) {
    script.add(reaction);
    return this;
  }

  TestingEdge then(int... statuses) {
    for (int status : statuses) {
      then(exchange -> exchange.sendResponseHeaders(status, -1));
    }
    return this;
  }

  TestingEdge then(int status, String header, String value) {
    return then(
        exchange -> {
          exchange.getResponseHeaders().set(header, value);
          exchange.sendResponseHeaders(status, -1);
        });
  }

  TestingEdge thenProblem(int status, String body) {
    return then(
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
          byte[] bytes = body.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
        });
  }

  /** Says nothing until the test ends. */
  TestingEdge thenSilence() {
    return then(exchange -> closing.await());
  }

  /** An answer's head, and a body that never ends. */
  TestingEdge thenHeadWithoutEnd(int status) {
    return then(
        exchange -> {
          exchange.sendResponseHeaders(status, 1000);
          exchange.getResponseBody().flush();
          closing.await();
        });
  }

  /** A body that goes on for as long as somebody takes it. */
  TestingEdge thenEndlessBody(int status) {
    return then(
        exchange -> {
          exchange.sendResponseHeaders(status, 0);
          byte[] chunk = new byte[64 * 1024];
          while (closing.getCount() > 0) {
            exchange.getResponseBody().write(chunk); // fails once the client has gone
          }
        });
  }

  private void serve(HttpExchange exchange) throws IOException {
    requests.add(
        new Request(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            exchange.getRequestHeaders(),
            new String(exchange.getRequestBody().readAllBytes(), UTF_8),
            System.nanoTime()));
    Reaction reaction = script.poll();
    try (exchange) {
      if (reaction == null) {
        exchange.sendResponseHeaders(599, -1);
      } else {
        reaction.to(exchange);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
