package dev.in.emulator;

import static java.util.Objects.requireNonNull;

import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.common.metric.NoopMeterRegistry;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import dev.in.emulator.counters.CounterPages;
import dev.in.emulator.counters.Counters;
import dev.in.emulator.faults.FaultPages;
import dev.in.emulator.faults.Faults;
import dev.in.emulator.firestore.FirestorePart;
import dev.in.emulator.identity.Identity;
import dev.in.emulator.identity.IdentityPart;
import dev.in.emulator.pubsub.PubSubPart;
import dev.in.emulator.pubsub.PubSubView;
import dev.in.emulator.storage.StoragePart;
import dev.in.emulator.vision.VisionPart;
import java.net.URI;
import java.time.Duration;
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
  private final Faults faults = new Faults();
  private final Ports ports;
  private final Identity identity;
  private final PubSubPart pubSub;
  private final FirestorePart firestore;
  private final List<CloudPart> parts;
  private final ScheduledExecutorService blocking =
      Executors.newScheduledThreadPool(
          BLOCKING_CALLS, Thread.ofVirtual().name("call-", 0).factory());
  private final Workers workers = new Workers();
  private final Server server;

  private LocalCloud(LocalCloudOptions options) {
    this.options = options;
    this.ports = new Ports(options.port(), defaultAccount(options.project()), options.identities());
    this.identity = new Identity(options.accounts(), this::endpoint, options.timers().clock());
    this.pubSub = new PubSubPart(options, identity, faults, counters);
    this.firestore =
        new FirestorePart(options.firestore(), options.timers(), counters, options.dataDirectory());
    StoragePart storage =
        new StoragePart(
            options.bucket(),
            options.timers().clock(),
            counters,
            identity,
            options.dataDirectory());
    this.parts =
        List.of(
            pubSub,
            firestore,
            new VisionPart(storage::read, counters),
            new IdentityPart(identity, options.project(), ports::accountOf),
            // Last: a signed URL's path, /bucket/object, looks like many another.
            storage);
    this.server = build();
  }

  /** As whom the metadata server on the main port speaks; named like Compute Engine's default. */
  private static String defaultAccount(String project) {
    return "default@" + project + ".iam.gserviceaccount.com";
  }

  /** Starts a local cloud and returns when it serves. */
  public static LocalCloud start(LocalCloudOptions options) {
    LocalCloud cloud = new LocalCloud(requireNonNull(options, "options is null"));
    cloud.server.start().join();
    cloud.ports.opened(cloud.server);
    return cloud;
  }

  public int port() {
    return ports.main();
  }

  /** Where everything is served: {@code http://localhost:PORT}. Also the issuer of ID tokens. */
  public URI endpoint() {
    return URI.create("http://" + host());
  }

  /** For every {@code …_EMULATOR_HOST}: {@code localhost:PORT}. */
  public String host() {
    return "localhost:" + port();
  }

  /**
   * For {@code GCE_METADATA_HOST} of a process that runs as that account.
   *
   * @throws IllegalArgumentException when the account is not among the options' identities
   */
  public String metadataHost(String email) {
    return "localhost:" + ports.of(email);
  }

  public Counters counters() {
    return counters;
  }

  public Faults faults() {
    return faults;
  }

  public Identity identity() {
    return identity;
  }

  public FirestorePart firestore() {
    return firestore;
  }

  public PubSubView pubSub() {
    return pubSub.view();
  }

  /** Ends the server, then its parts. Calls that are under way are cut off. */
  @Override
  public void close() {
    // The server's own future would wait two seconds more for a thread that has nothing to do.
    server.stop();
    workers.terminationFuture().awaitUninterruptibly();
    parts.forEach(CloudPart::close);
    options.timers().close();
    blocking.shutdownNow();
  }

  private Server build() {
    ServerBuilder builder =
        Server.builder()
            .workerGroup(workers, true)
            .blockingTaskExecutor(blocking, false)
            .meterRegistry(NoopMeterRegistry.get())
            .maxRequestLength(0)
            .requestTimeout(Duration.ZERO)
            // Clients keep their connections; closing an idle one would race with its next request.
            .idleTimeout(Duration.ZERO)
            .decorator(new Calls(parts, counters, faults, options.timers()));
    ports.addresses().forEach(address -> builder.port(address, SessionProtocol.HTTP));
    new CounterPages(counters).install(builder);
    new FaultPages(faults).install(builder);
    parts.forEach(part -> part.install(builder));
    builder.service("prefix:/", new NotCovered());
    return builder.build();
  }
}
