package dev.in.bench.localcloud;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * Messages are published and pushed to an endpoint that acks at once.
 *
 * @param pace messages published in a second; empty for as fast as it goes
 */
record PushCase(String name, int operations, OptionalInt pace) implements Case {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public Service service() {
    return Service.PUBSUB;
  }

  @Override
  public Result run(Server server, int messages) throws Exception {
    Receipts receipts = new Receipts(messages);
    HttpServer endpoint =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        PubSubSession pubSub = new PubSubSession(server.host())) {
      endpoint.setExecutor(threads);
      endpoint.createContext("/", exchange -> receive(exchange, receipts));
      endpoint.start();
      pubSub.push(URI.create("http://localhost:" + endpoint.getAddress().getPort() + "/"));
      Duration cpu = server.cpu();
      long start = System.nanoTime();
      for (int i = 0; i < messages; i++) {
        waitForTurn(start, i);
        receipts.sent(i);
        pubSub.publish(i);
      }
      receipts.await();
      double seconds = (System.nanoTime() - start) / 1e9;
      return Result.of(
          receipts.latencies(),
          seconds,
          server.cpu().minus(cpu).toMillis(),
          receipts.duplicates(),
          server.rssMiB());
    } finally {
      endpoint.stop(0);
    }
  }

  private void waitForTurn(long start, int number) {
    if (pace.isPresent()) {
      long due = start + number * 1_000_000_000L / pace.getAsInt();
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
    }
  }

  private static void receive(HttpExchange exchange, Receipts receipts) throws IOException {
    try (exchange) {
      receipts.received(
          JSON.readTree(exchange.getRequestBody().readAllBytes())
              .at("/message/attributes/number")
              .asLong());
      exchange.sendResponseHeaders(204, -1);
    }
  }
}
