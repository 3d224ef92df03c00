package dev.in.emulator;

import static java.util.Objects.requireNonNull;

import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import dev.in.emulator.counters.Counters;
import dev.in.emulator.firestore.FirestorePart;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Google Cloud as far as iN needs it, in this process, on one port of 127.0.0.1. Every {@code
 * …_EMULATOR_HOST} variable of Google's clients takes the same {@code localhost:PORT}.
 */
public final class LocalCloud implements AutoCloseable {
  /** Virtual threads: the number bounds calls that block at once, not memory. */
  private static final int BLOCKING_CALLS = 1_024;

  private final LocalCloudOptions options;
  private final Counters counters = new Counters();
  private final List<CloudPart> parts = new ArrayList<>();
  private final ScheduledExecutorService blocking =
      Executors.newScheduledThreadPool(
          BLOCKING_CALLS, Thread.ofVirtual().name("call-", 0).factory());
  private final FirestorePart firestore;
  private final Server server;

  private LocalCloud(LocalCloudOptions options) {
    this.options = options;
    // Each part is one line here; order does not matter.
    this.firestore =
        attach(
            new FirestorePart(
                options.firestore(), options.timers(), counters, options.dataDirectory()));
    this.server = build();
  }

  private <P extends CloudPart> P attach(P part) {
    parts.add(part);
    return part;
  }

  /** Starts a local cloud and returns when it serves. */
  public static LocalCloud start(LocalCloudOptions options) {
    LocalCloud cloud = new LocalCloud(requireNonNull(options, "options is null"));
    cloud.server.start().join();
    return cloud;
  }

  public int port() {
    return server.activeLocalPort();
  }

  /** Where everything is served: {@code http://localhost:PORT}. */
  public URI endpoint() {
    return URI.create("http://localhost:" + port());
  }

  public Counters counters() {
    return counters;
  }

  public FirestorePart firestore() {
    return firestore;
  }

  @Override
  public void close() {
    server.stop().join();
    parts.forEach(CloudPart::close);
    options.timers().close();
    blocking.shutdownNow();
  }

  private Server build() {
    ServerBuilder builder =
        Server.builder()
            .port(new InetSocketAddress("127.0.0.1", options.port()), SessionProtocol.HTTP)
            .blockingTaskExecutor(blocking, false)
            .maxRequestLength(0)
            .requestTimeout(Duration.ZERO)
            // Clients keep their connections; closing an idle one would race with its next request.
            .idleTimeout(Duration.ZERO);
    parts.forEach(part -> part.install(builder));
    return builder.build();
  }
}
