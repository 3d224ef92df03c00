package dev.in.runner.drill;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between the functions and the edge: what the local cloud's fault rules are to Google's
 * calls, this is to those that go to the edge.
 */
public final class EdgeProxy implements AutoCloseable {
  /** The name of the one call that it counts, beside the local cloud's names. */
  static final String STATUS_CALL = "edge.tasks.putStatus";

  private static final int NO_CONTENT = -1;
  private static final int BAD_GATEWAY = 502;
  private static final Set<String> OF_THE_CONNECTION =
      Set.of("host", "connection", "content-length", "upgrade", "http2-settings", "expect");

  /** Decides what goes wrong with a call; empty for nothing. */
  interface Rule {
    /**
     * @param number counts the calls since the rule was set, from 1
     */
    Optional<Fault> on(long number);
  }

  /** What can go wrong with a call. */
  sealed interface Fault {
    /** The edge never gets it, and the caller sees this status. */
    record Refused(int status) implements Fault {}

    /** The edge gets it, and the connection ends without an answer. */
    record AnswerLost() implements Fault {}

    /** The caller dies just before, or just after the edge has got it. */
    record CallerKilled(boolean after, Runnable kill) implements Fault {}
  }

  private record Active(Rule rule, AtomicLong calls, AtomicLong hits) {
    Active(Rule rule) {
      this(rule, new AtomicLong(), new AtomicLong());
    }
  }

  private static final Active NO_FAULTS = new Active(_ -> Optional.empty());

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private volatile URI edge;
  private volatile Active active = NO_FAULTS;

  private EdgeProxy(HttpServer server) {
    this.server = server;
  }

  public static EdgeProxy start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    EdgeProxy proxy = new EdgeProxy(server);
    server.createContext("/", proxy::handle);
    server.setExecutor(proxy.threads);
    server.start();
    return proxy;
  }

  /** Its own address. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Where the edge is, once that is known. */
  void forwardTo(URI address) {
    edge = address;
  }

  /** From now on; counts anew. */
  void setRule(Rule rule) {
    active = new Active(rule);
  }

  void clearRule() {
    setRule(NO_FAULTS.rule());
  }

  /** Calls since the rule was set. */
  long calls() {
    return active.calls().get();
  }

  /** Calls that the rule has made fail. */
  long hits() {
    return active.hits().get();
  }

  private void handle(HttpExchange exchange) {
    try (exchange) {
      Active now = active;
      Optional<Fault> fault = now.rule().on(now.calls().incrementAndGet());
      fault.ifPresent(_ -> now.hits().incrementAndGet());
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (fault.isEmpty()) {
        answer(exchange, forward(exchange, body));
      } else {
        fail(exchange, body, fault.get());
      }
    } catch (IOException e) {
      // The caller has gone.
    }
  }

  private void fail(HttpExchange exchange, byte[] body, Fault fault) throws IOException {
    switch (fault) {
      case Fault.Refused(int status) -> exchange.sendResponseHeaders(status, NO_CONTENT);
      case Fault.AnswerLost() -> forward(exchange, body);
      case Fault.CallerKilled(boolean after, Runnable kill) -> {
        if (after) {
          forward(exchange, body);
        }
        kill.run();
      }
    }
  }

  /** Empty if the edge does not answer. */
  private Optional<HttpResponse<byte[]>> forward(HttpExchange exchange, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(edge.resolve(exchange.getRequestURI()))
            .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
    for (Map.Entry<String, List<String>> header : exchange.getRequestHeaders().entrySet()) {
      if (!OF_THE_CONNECTION.contains(header.getKey().toLowerCase(java.util.Locale.ROOT))) {
        header.getValue().forEach(value -> request.header(header.getKey(), value));
      }
    }
    try {
      return Optional.of(http.send(request.build(), BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static void answer(HttpExchange exchange, Optional<HttpResponse<byte[]>> answer)
      throws IOException {
    if (answer.isEmpty()) {
      exchange.sendResponseHeaders(BAD_GATEWAY, NO_CONTENT);
      return;
    }
    answer
        .get()
        .headers()
        .firstValue("content-type")
        .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
    byte[] body = answer.get().body();
    exchange.sendResponseHeaders(
        answer.get().statusCode(), body.length == 0 ? NO_CONTENT : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    http.shutdownNow();
    threads.shutdownNow();
  }
}
