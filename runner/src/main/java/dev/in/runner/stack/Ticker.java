package dev.in.runner.stack;

import dev.in.topology.Topology;
import dev.in.topology.Topology.Function;
import dev.in.topology.Topology.Tick;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What Cloud Scheduler does in production: calls functions regularly, with the push account's
 * token. A call that fails is the next one's to make good.
 */
final class Ticker implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(120);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(1, Thread.ofPlatform().daemon().name("ticker").factory());

  /**
   * Begins; the first calls come after one interval.
   *
   * @param topology with its durations as they are here
   * @param processes where the functions are at that moment
   */
  void start(Topology topology, Cloud cloud, Supplier<List<StackProcess>> processes) {
    for (Function function : topology.functions().values()) {
      function
          .tick()
          .ifPresent(
              tick ->
                  threads.scheduleWithFixedDelay(
                      () ->
                          processes.get().stream()
                              .filter(process -> process.name().equals(function.name()))
                              .forEach(process -> call(process, tick, cloud)),
                      tick.every().toMillis(),
                      tick.every().toMillis(),
                      TimeUnit.MILLISECONDS));
    }
  }

  private void call(StackProcess function, Tick tick, Cloud cloud) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + function.port() + tick.path()))
              .header("Authorization", "Bearer " + token(cloud, function.name()))
              .timeout(TIMEOUT)
              .POST(BodyPublishers.noBody())
              .build();
      http.send(request, BodyHandlers.discarding());
    } catch (IOException e) {
      // It is being started again, or shutting down.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String token(Cloud cloud, String function) throws IOException, InterruptedException {
    return new MetadataServer(cloud.metadataHost(LocalNames.PUSH_ACCOUNT))
        .identityToken(http, LocalNames.PUSH_AUDIENCE.of(function));
  }

  @Override
  public void close() {
    threads.shutdownNow();
    http.shutdownNow();
  }
}
