package dev.in.runner.login;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.in.runner.process.StackFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Where the issuer sends the user's browser back to: a port of this machine (RFC 8252, 7.3), for
 * one answer, which must have the state of this sign-in.
 */
final class LoopbackServer implements AutoCloseable {
  /** In the issuer's registration of the client; edge/README.md says so. */
  private static final String PATH = "/callback";

  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final HttpServer server;
  private final String state;
  private final AtomicBoolean answered = new AtomicBoolean();
  private final CompletableFuture<Map<String, String>> answer = new CompletableFuture<>();

  private LoopbackServer(HttpServer server, String state) {
    this.server = server;
    this.state = state;
  }

  static LoopbackServer start(String state) throws StackFailure {
    requireNonNull(state, "state is null");
    try {
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      HttpServer server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
      LoopbackServer receiver = new LoopbackServer(server, state);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext("/", receiver::handle);
      server.start();
      return receiver;
    } catch (IOException e) {
      throw new StackFailure("there is no port for the browser to return to: " + e, e);
    }
  }

  /** The redirect URI. */
  URI uri() {
    return URI.create("http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), PATH));
  }

  /** The parameters of the issuer's answer. */
  Map<String, String> await(Duration time) throws StackFailure, InterruptedException {
    try {
      return answer.get(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new StackFailure(
          "nobody has signed in within %d minutes".formatted(time.toMinutes()), e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the answer cannot fail", e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    Map<String, String> parameters = FormParameters.decode(exchange.getRequestURI().getRawQuery());
    boolean accepted =
        exchange.getRequestMethod().equals("GET")
            && exchange.getRequestURI().getPath().equals(PATH)
            && state.equals(parameters.get("state"))
            && answered.compareAndSet(false, true);
    try (exchange) {
      if (accepted) {
        respond(exchange, OK, "Go back to the terminal. You can close this window.");
      } else {
        respond(exchange, NOT_FOUND, "This is not the answer to a sign-in that is waited for.");
      }
    }
    // Only now, since this server is closed then.
    if (accepted) {
      answer.complete(parameters);
    }
  }

  private static void respond(HttpExchange exchange, int status, String text) throws IOException {
    byte[] page =
        """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <title>iN</title>
        <p>%s</p>
        </html>
        """
            .formatted(text)
            .getBytes(UTF_8);
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "text/html; charset=utf-8");
    headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(status, page.length);
    exchange.getResponseBody().write(page);
  }
}
