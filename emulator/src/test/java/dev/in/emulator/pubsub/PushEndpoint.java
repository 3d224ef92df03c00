package dev.in.emulator.pubsub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.in.emulator.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A function's place in a test: takes pushes and answers what the test says. */
final class PushEndpoint implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** One request. */
  record Push(JsonNode body, Optional<String> authorization) {
    String text() {
      return new String(
          Base64.getDecoder().decode(body.path("message").path("data").asText()),
          StandardCharsets.UTF_8);
    }

    int attempt() {
      return body.path("deliveryAttempt").asInt();
    }
  }

  /** Answers with an HTTP status; may take its time. */
  @FunctionalInterface
  interface Behaviour {
    int answer(Push push) throws InterruptedException;
  }

  private final HttpServer server;
  private final List<Push> pushes = new CopyOnWriteArrayList<>();
  private final List<Push> answered = new CopyOnWriteArrayList<>();
  private volatile Behaviour behaviour;

  PushEndpoint(Behaviour behaviour) {
    this.behaviour = behaviour;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  URI uri() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/push");
  }

  void behave(Behaviour next) {
    behaviour = next;
  }

  /** All that have arrived. */
  List<Push> pushes() {
    return pushes;
  }

  /** Those whose handling has ended, whether anyone still listened or not. */
  List<Push> answered() {
    return answered;
  }

  Push await(int number) {
    return Await.value(number + " pushes", () -> pushes, all -> all.size() >= number)
        .get(number - 1);
  }

  private void handle(HttpExchange exchange) throws IOException {
    Push push =
        new Push(
            JSON.readTree(exchange.getRequestBody().readAllBytes()),
            Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")));
    pushes.add(push);
    try (exchange) {
      int status = behaviour.answer(push);
      answered.add(push);
      exchange.sendResponseHeaders(status, -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
