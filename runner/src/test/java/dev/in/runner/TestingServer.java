package dev.in.runner;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** An HTTP server with scripted answers, in order, for each path. */
public final class TestingServer implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, Deque<Answer>> answers = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  public TestingServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Answers the next request for that method and path so; the last answer is given again. */
  public TestingServer answer(String methodAndPath, int status, String body) {
    return answer(methodAndPath, status, Map.of(), body);
  }

  /** The same with header fields. */
  public TestingServer answer(
      String methodAndPath, int status, Map<String, String> headers, String body) {
    answers
        .computeIfAbsent(methodAndPath, unused -> new ArrayDeque<>())
        .addLast(new Answer(status, headers, body));
    return this;
  }

  /** What was asked, in order. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  public List<Request> requests(String methodAndPath) {
    return requests.stream().filter(request -> request.is(methodAndPath)).toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String methodAndPath = scripted(exchange.getRequestMethod() + " ", exchange.getRequestURI());
      requests.add(new Request(methodAndPath, Map.copyOf(exchange.getRequestHeaders()), body));
      Answer answer = next(methodAndPath);
      byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With its query, where an answer asks for one. */
  private synchronized String scripted(String method, URI uri) {
    return answers.containsKey(method + uri) ? method + uri : method + uri.getPath();
  }

  private synchronized Answer next(String methodAndPath) {
    Deque<Answer> left = answers.getOrDefault(methodAndPath, new ArrayDeque<>());
    if (left.isEmpty()) {
      return new Answer(404, Map.of(), "{\"detail\":\"no answer is scripted\"}");
    }
    return left.size() == 1 ? left.getFirst() : left.removeFirst();
  }

  private record Answer(int status, Map<String, String> headers, String body) {}

  /** A request as it came. */
  public record Request(String methodAndPath, Map<String, List<String>> headers, String body) {

    public boolean is(String wanted) {
      return methodAndPath.equals(wanted);
    }

    /** A header's first value; the server writes names with one capital letter. */
    public Optional<String> header(String name) {
      return headers.entrySet().stream()
          .filter(header -> header.getKey().equalsIgnoreCase(name))
          .map(header -> header.getValue().getFirst())
          .findFirst();
    }
  }
}
