package dev.in.runner.stack;

import static java.util.Objects.requireNonNull;

import dev.in.runner.process.Children;
import dev.in.runner.process.StackFailure;
import dev.in.runner.process.SupervisionPolicy;
import dev.in.runner.process.Supervisor;
import dev.in.topology.Topology;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * All of iN on this machine: local cloud, edge, functions. Functions and edge are started again
 * when they die; without the local cloud, whose memory is the state, the stack has failed.
 */
public final class Stack implements AutoCloseable {

  /** On SIGTERM workerd stops listening, and then waits for watchers for ever. */
  private static final SupervisionPolicy EDGE_POLICY =
      SupervisionPolicy.DEFAULT.withNotListeningLimit(Duration.ofSeconds(2));

  private static final Duration EDGE_GRACE = Duration.ofSeconds(1);
  private static final Duration FUNCTIONS_GRACE = Duration.ofSeconds(4);
  private static final Duration CLOUD_GRACE = Duration.ofSeconds(2);

  private final Installation installation;
  private final Topology topology;
  private final StackOptions options;
  private final StackListener listener;
  private final Jvm jvm;
  private final StackFolders folders;
  private final Path logFolder;
  private final Path mail;
  private final ComponentLogs logs;
  private final HealthChecks health = new HealthChecks();

  // In the order in which they are ended. workerd waits for ever for watchers, and has on its disk
  // what counts; functions give their leases back, for which they need the cloud.
  private final Children edges = new Children(EDGE_GRACE);
  private final Children workers = new Children(FUNCTIONS_GRACE);
  private final Children clouds = new Children(CLOUD_GRACE);
  private final List<ExternalFunction> externalFunctions = new CopyOnWriteArrayList<>();
  private final List<Supervisor> supervisors = new CopyOnWriteArrayList<>();
  private final CompletableFuture<StackFailure> failure = new CompletableFuture<>();
  private final Ticker ticker = new Ticker();
  private volatile CloudLauncher.Running cloud;
  private volatile EdgeComponent edge;
  private volatile PushEndpoints endpoints;
  private volatile Runnable onChange = () -> {};
  private volatile boolean closing;

  /** Starts nothing yet; what {@link #start} has started, {@link #close} ends at any moment. */
  public Stack(
      Installation installation, Topology topology, StackOptions options, StackListener listener)
      throws StackFailure {
    this.installation = requireNonNull(installation, "installation is null");
    this.topology = requireNonNull(topology, "topology is null");
    this.options = requireNonNull(options, "options is null");
    this.listener = requireNonNull(listener, "listener is null");
    this.folders = StackFolders.create(options.dataDirectory());
    this.jvm = new Jvm(options.aotCaches(), folders.temporary("tmp"));
    this.logFolder = folders.logs();
    this.mail = folders.keptOrTemporary("mail");
    this.logs = new ComponentLogs(logFolder, listener::output);
  }

  /** Starts everything and returns when the first task can be taken. */
  public void start() throws StackFailure, InterruptedException {
    try {
      startAll();
    } catch (StackFailure consequence) {
      if (cloud != null && !cloud.child().isAlive()) {
        throw cloud.awaitEnd();
      }
      throw consequence;
    }
  }

  private void startAll() throws StackFailure, InterruptedException {
    EdgeKeys keys = EdgeKeys.generate();
    timed(StackProcess.LOCAL_CLOUD, () -> startCloud(keys));
    TopologyDeployer deployer =
        new TopologyDeployer(new PubSubAdmin(cloud()), topology, options.subscriptions(topology));
    ParallelTasks.run(
        List.of(deployer::deploy, () -> timed(StackProcess.EDGE, () -> startEdge(keys))));
    endpoints = deployer;
    for (String name : options.without()) {
      leaveOut(name);
    }
    startFunctions(function -> !function.side());
    double scale = options.timeScale().map(Double::valueOf).orElse(1.0);
    ticker.start(topology.scaled(scale), cloud.cloud(), this::processes);
  }

  /** Starts the side consumers; one that does not start is no failure of the stack. */
  public void startSideConsumers() throws InterruptedException {
    try {
      startFunctions(Topology.Function::side);
    } catch (StackFailure failure) {
      listener.note("runs on without all side consumers: " + failure.getMessage());
    }
    onChange.run();
  }

  private void startFunctions(Predicate<Topology.Function> which)
      throws StackFailure, InterruptedException {
    ParallelTasks.run(
        options.functions(topology).stream()
            .filter(name -> which.test(topology.functions().get(name)))
            .filter(name -> !options.without().contains(name))
            .<ParallelTasks.Task>map(name -> () -> timed(name, () -> startFunction(name)))
            .toList());
  }

  /** Where the edge is. */
  public URI edge() {
    return edge.uri();
  }

  /** {@code host:port} of the local cloud, for every {@code …_EMULATOR_HOST}. */
  public String cloudHost() {
    return cloud.cloud().host();
  }

  /** Where operators of this stack get their tokens. */
  public MetadataServer operators() {
    return new MetadataServer(cloud.cloud().metadataHost(LocalNames.OPERATOR_ACCOUNT));
  }

  /** All processes as they are now. */
  public List<StackProcess> processes() {
    StackProcess first =
        new StackProcess(
            StackProcess.LOCAL_CLOUD, cloud.child().pid(), cloud.cloud().endpoint().getPort());
    return Stream.concat(Stream.of(first), supervisors.stream().map(StackProcess::of)).toList();
  }

  /** Where the local cloud is. */
  public URI cloud() {
    return cloud.cloud().endpoint();
  }

  /** The supervisors of edge and functions. */
  public List<Supervisor> supervisors() {
    return List.copyOf(supervisors);
  }

  /** The functions that somebody else has to start. */
  public List<ExternalFunction> externalFunctions() {
    return List.copyOf(externalFunctions);
  }

  /** Where each component's output is, a file each. */
  public Path logs() {
    return logFolder;
  }

  /** Where mail lands, a file each. */
  public Path mail() {
    return mail;
  }

  /** Has something done whenever a process has been replaced. */
  public void onChange(Runnable action) {
    onChange = requireNonNull(action, "action is null");
  }

  /** Whether a program was started without an AOT cache that could be trained. */
  public boolean missedAotCache() {
    return options.aotCaches().missed();
  }

  /** Completes if the stack fails after it has started. */
  public CompletableFuture<StackFailure> failure() {
    return failure;
  }

  /** Whether it is being ended: then whatever fails has no other cause. */
  public boolean closing() {
    return closing;
  }

  /**
   * Ends the programs of Java and gives them that much time: one that leaves a cache of its start
   * writes it when it ends. {@link #close} is still to be called, and may cut this short.
   */
  public void stopAndWait(Duration timeout) throws InterruptedException {
    edges.end();
    workers.end(timeout);
    clouds.end(timeout);
  }

  /** Ends everything, within eight seconds, and removes what was temporary. */
  @Override
  public void close() throws InterruptedException {
    closing = true;
    closeInOrder();
  }

  private synchronized void closeInOrder() throws InterruptedException {
    ticker.close();
    edges.end();
    workers.end();
    clouds.end();
    logs.close();
    folders.close();
  }

  private void startCloud(EdgeKeys keys) throws StackFailure, InterruptedException {
    CloudOptions wanted = CloudOptions.of(keys, topology, options, folders.kept("cloud"));
    Launcher launcher = launcher(StackProcess.LOCAL_CLOUD, BaseEnvironment.with(Map.of()), clouds);
    cloud = new CloudLauncher(launcher, installation, jvm, folders.temporary("keys")).start(wanted);
    cloud.watch(clouds, failure);
  }

  /**
   * Starts what the edge's users sign in at, if they do; returns the settings that the edge needs.
   */
  private Map<String, String> startSignIn() throws StackFailure, InterruptedException {
    if (options.signInPort().isEmpty()) {
      return Map.of();
    }
    var environment = BaseEnvironment.with(LocalSignIn.providerSettings());
    Launcher launcher = launcher(StackProcess.SIGN_IN, environment, edges);
    var provider =
        new SignInProvider(launcher, installation, health, options.signInPort().getAsInt());
    supervise(provider, edges, SupervisionPolicy.DEFAULT);
    return LocalSignIn.edgeSettings(provider.uri());
  }

  private void startEdge(EdgeKeys keys) throws StackFailure, InterruptedException {
    var environment =
        EdgeEnvironment.of(cloud.cloud(), keys.publisher(), keys.uploader(), startSignIn());
    edge =
        new EdgeComponent(
            launcher(StackProcess.EDGE, environment, edges),
            installation,
            health,
            folders.keptOrTemporary("edge"),
            options.edgePort());
    supervise(edge, edges, EDGE_POLICY);
  }

  private void startFunction(String name) throws StackFailure, InterruptedException {
    Launcher launcher = launcher(name, functionEnvironment().of(name), workers);
    supervise(
        new FunctionComponent(launcher, installation, jvm, health, endpoints),
        workers,
        SupervisionPolicy.DEFAULT);
  }

  private void leaveOut(String name) throws StackFailure, InterruptedException {
    int port = FreePort.find();
    endpoints.connect(name, URI.create("http://127.0.0.1:" + port + "/"));
    externalFunctions.add(
        new ExternalFunction(name, port, functionEnvironment().without(name, port)));
  }

  private FunctionEnvironment functionEnvironment() throws StackFailure {
    return new FunctionEnvironment(
        cloud.cloud(), edge(), folders.temporary("no-credentials"), mail);
  }

  private void supervise(
      Supervisor.Component component, Children children, SupervisionPolicy policy)
      throws StackFailure, InterruptedException {
    Supervisor supervisor = new Supervisor(component, children, this::notifyOf, policy);
    supervisor.start();
    supervisors.add(supervisor);
  }

  private void notifyOf(String note) {
    listener.note(note);
    onChange.run();
  }

  private Launcher launcher(String name, Map<String, String> environment, Children children)
      throws StackFailure {
    Map<String, String> all = new HashMap<>(environment);
    all.putAll(options.settings());
    all.putAll(options.functionSettings().getOrDefault(name, Map.of()));
    return new Launcher(name, installation.root(), all, logs.open(name), children);
  }

  private void timed(String component, ParallelTasks.Task task)
      throws StackFailure, InterruptedException {
    long start = System.nanoTime();
    task.run();
    listener.started(component, Duration.ofNanos(System.nanoTime() - start));
  }
}
