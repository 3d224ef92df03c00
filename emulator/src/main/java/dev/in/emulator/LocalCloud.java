package dev.in.emulator;

import static java.util.Objects.requireNonNull;

import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.common.metric.NoopMeterRegistry;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import dev.in.emulator.counters.CounterEndpoint;
import dev.in.emulator.counters.Counters;
import dev.in.emulator.faults.FaultEndpoint;
import dev.in.emulator.faults.Faults;
import dev.in.emulator.firestore.FirestoreEmulator;
import dev.in.emulator.identity.Identity;
import dev.in.emulator.identity.IdentityEmulator;
import dev.in.emulator.pubsub.PubSubEmulator;
import dev.in.emulator.pubsub.PubSubSettings;
import dev.in.emulator.pubsub.PubSubView;
import dev.in.emulator.service.ServiceEmulator;
import dev.in.emulator.storage.StorageEmulator;
import dev.in.emulator.vision.VisionEmulator;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Google Cloud as far as iN needs it, in this process, on one port of 127.0.0.1. Every {@code
 * …_EMULATOR_HOST} variable of Google's clients takes the same {@code localhost:PORT}.
 */
public final class LocalCloud implements AutoCloseable {
  private final LocalCloudOptions options;
  private final Counters counters = new Counters();
  private final Faults faults = new Faults();
  private final Ports ports;
  private final Identity identity;
  private final PubSubEmulator pubSub;
  private final FirestoreEmulator firestore;
  private final List<ServiceEmulator> services;
  private final BlockingCalls blocking = new BlockingCalls();
  private final EventLoops workers = new EventLoops();
  private final Server server;

  private LocalCloud(LocalCloudOptions options) {
    this.options = options;
    this.ports = new Ports(options.port(), defaultAccount(options.project()), options.identities());
    this.identity = new Identity(options.accounts(), this::endpoint, options.timers().clock());
    this.pubSub =
        new PubSubEmulator(
            new PubSubSettings(
                options.project(),
                options.timeScale(),
                options.accounts().keySet(),
                options.publishers()),
            options.timers(),
            identity,
            faults,
            counters);
    this.firestore =
        new FirestoreEmulator(
            options.firestore(), options.timers(), counters, options.dataDirectory());
    StorageEmulator storage =
        new StorageEmulator(
            options.bucket(),
            options.timers().clock(),
            counters,
            identity,
            options.dataDirectory());
    this.services =
        List.of(
            pubSub,
            firestore,
            new VisionEmulator(storage::read, counters),
            new IdentityEmulator(identity, options.project(), ports::accountOf),
            // Last: a signed URL's path, /bucket/object, looks like many another.
            storage);
    this.server = build();
  }

  /** The account of the metadata server on the main port, named like Compute Engine's default. */
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

  public FirestoreEmulator firestore() {
    return firestore;
  }

  public PubSubView pubSub() {
    return pubSub.view();
  }

  /** Ends the server, then its services. Calls that are under way are cut off. */
  @Override
  public void close() {
    // The server's own future would wait two seconds more for a thread that has nothing to do.
    server.stop();
    workers.terminationFuture().awaitUninterruptibly();
    services.forEach(ServiceEmulator::close);
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
            .childChannelPipelineCustomizer(pipeline -> pipeline.addFirst(new HttpUpgradeFilter()))
            .decorator(new CallFaults(services, counters, faults, options.timers()))
            .decorator(new LocalRequests());
    ports.addresses().forEach(address -> builder.port(address, SessionProtocol.HTTP));
    new CounterEndpoint(counters).install(builder);
    new FaultEndpoint(faults).install(builder);
    services.forEach(part -> part.install(builder));
    builder.service("prefix:/", new UnsupportedCalls());
    return builder.build();
  }
}
