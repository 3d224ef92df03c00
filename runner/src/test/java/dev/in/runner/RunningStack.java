package dev.in.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreOptions;
import dev.in.topology.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** {@code ./in up}, and what a test may ask it: by the wire alone, as any other program would. */
public final class RunningStack implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final InCommand up;
  // No upgrade to HTTP/2: a long answer to an upgraded request comes back cancelled.
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Firestore firestore;
  private final ForeignHost foreignHost;
  private final TraceCollector collector;

  private RunningStack(
      Path folder,
      InCommand up,
      Firestore firestore,
      ForeignHost foreignHost,
      TraceCollector collector) {
    this.folder = folder;
    this.up = up;
    this.firestore = firestore;
    this.foreignHost = foreignHost;
    this.collector = collector;
  }

  /**
   * @param options of {@code up}, beside its file
   */
  static RunningStack start(String... options) throws IOException, InterruptedException {
    return start(InCommand.launcher(), options);
  }

  /**
   * The same of another program.
   *
   * @param program as {@link InCommand#ofBuilt} gives it
   */
  static RunningStack start(List<String> program, String... options)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("in-e2e-");
    TestCertificate certificate = TestCertificate.make(folder);
    ForeignHost foreignHost = new ForeignHost(certificate.serverContext());
    TraceCollector collector = TraceCollector.start();
    InCommand up =
        InCommand.startTied(
            folder,
            Map.of(
                "IN_FETCH_SCHEMES",
                "https,http",
                "IN_FETCH_ALLOW",
                foreignHost.endpoint(),
                "IN_FETCH_CA",
                certificate.writePem(folder.resolve("foreign-host.pem")).toString(),
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                collector.endpoint().toString()),
            program,
            Stream.concat(
                    Stream.of("up", "--up-file", folder.resolve("up.json").toString()),
                    Stream.of(options))
                .toArray(String[]::new));
    up.awaitOut(line -> line.startsWith("ready "));
    Firestore firestore =
        FirestoreOptions.newBuilder()
            .setProjectId(upFile(folder).path("project").asText())
            .setEmulatorHost(upFile(folder).path("hosts").path("firestore").asText())
            .build()
            .getService();
    return new RunningStack(folder, up, firestore, foreignHost, collector);
  }

  /** The one host that is fetched from although it is on this machine. */
  ForeignHost foreignHost() {
    return foreignHost;
  }

  URI edge() throws IOException {
    return URI.create(upFile().path("url").asText());
  }

  JsonNode upFile() throws IOException {
    return upFile(folder);
  }

  private static JsonNode upFile(Path folder) throws IOException {
    return JSON.readTree(folder.resolve("up.json").toFile());
  }

  Path upFilePath() {
    return folder.resolve("up.json");
  }

  /** A process of the stack as {@code up.json} has it at this moment. */
  JsonNode process(String name) throws IOException {
    return StreamSupport.stream(upFile().path("processes").spliterator(), false)
        .filter(process -> process.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  long pid(String name) throws IOException {
    return process(name).path("pid").asLong();
  }

  void signal(String signal, String process) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + signal, Long.toString(pid(process))).start().waitFor();
  }

  /** The spans that this stack has exported. */
  TraceCollector traces() {
    return collector;
  }

  /** What a component of this stack has printed so far, JSON lines only. */
  List<JsonNode> log(String component) throws IOException {
    try (DirectoryStream<Path> runs = Files.newDirectoryStream(folder, "in-run-*")) {
      Path log = runs.iterator().next().resolve("logs").resolve(component + ".log");
      return Files.readAllLines(log).stream()
          .filter(line -> line.startsWith("{"))
          .map(RunningStack::read)
          .toList();
    }
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code ./in status --json} of this stack: its exit code, and what it printed. */
  Status status(int lateSeconds) throws IOException, InterruptedException {
    try (InCommand status =
        InCommand.start(
            folder,
            "status",
            "--json",
            "--late",
            Integer.toString(lateSeconds),
            "--up-file",
            upFilePath().toString())) {
      int exit = status.awaitExit(Duration.ofMinutes(1));
      return new Status(exit, read(String.join("", status.out())));
    }
  }

  record Status(int exit, JsonNode json) {}

  /** {@code ./in submit --json} at this stack. */
  InCommand submit(Path... images) throws IOException {
    return submit(Stream.of(images).map(Path::toString).toList());
  }

  /**
   * The same of anything that the command takes.
   *
   * @param inputs files, folders and addresses
   */
  InCommand submit(List<String> inputs) throws IOException {
    Stream<String> options =
        Stream.of(
            "submit",
            "--to",
            edge().toString(),
            "--json",
            "--out",
            folder.resolve("report").toString());
    return InCommand.start(folder, Stream.concat(options, inputs.stream()).toArray(String[]::new));
  }

  /** Has inputs processed of which one fails at least: the rows by their inputs. */
  Map<String, JsonNode> process(List<String> inputs) throws IOException, InterruptedException {
    Map<String, JsonNode> rows = new LinkedHashMap<>();
    try (InCommand submit = submit(inputs)) {
      int exit = submit.awaitExit(Duration.ofMinutes(4));
      for (String line : submit.out()) {
        JsonNode row = JSON.readTree(line);
        rows.put(row.path("input").asText(), row);
      }
      assertThat(exit).as(rows.toString()).isEqualTo(1);
    }
    assertThat(rows).containsOnlyKeys(inputs);
    return rows;
  }

  /** Everything that was published on a topic: the messages as Pub/Sub has them. */
  List<JsonNode> published(String topic) throws IOException, InterruptedException {
    JsonNode messages =
        JSON.readTree(get(cloud("/_in/pubsub/topics/" + topic + "/messages")).body());
    return StreamSupport.stream(messages.spliterator(), false).toList();
  }

  /** Waits until the side consumers are up and nothing is left for any function. */
  void awaitSideConsumers() throws Exception {
    List<String> sideConsumers =
        Chain.TOPOLOGY.functions().values().stream()
            .filter(Topology.Function::side)
            .map(Topology.Function::name)
            .toList();
    Wait.until(
        () -> upFile().path("processes").findValuesAsText("name"),
        names -> names.containsAll(sideConsumers));
    for (Topology.Subscription one : Chain.TOPOLOGY.subscriptions().values()) {
      Wait.until(() -> subscription(one.name()).path("backlog").asLong(), none -> none == 0);
    }
  }

  /** What was published for a task on a topic: the messages as Pub/Sub has them. */
  List<JsonNode> published(String topic, String taskId) throws IOException, InterruptedException {
    return published(topic).stream()
        .filter(message -> message.path("attributes").path("taskId").asText().equals(taskId))
        .toList();
  }

  /** How a subscription stands, as the local cloud's README has it. */
  JsonNode subscription(String name) throws IOException, InterruptedException {
    return JSON.readTree(get(cloud("/_in/pubsub")).body()).path("subscriptions").path(name);
  }

  /** Calls and billable units since the last reset, by name. */
  JsonNode counters() throws IOException, InterruptedException {
    return JSON.readTree(get(cloud("/_in/counters")).body());
  }

  void resetCounters() throws IOException, InterruptedException {
    send(HttpRequest.newBuilder(cloud("/_in/counters")).DELETE());
  }

  /** A message's body. */
  static String body(JsonNode message) {
    return new String(
        Base64.getDecoder().decode(message.path("data").asText()), StandardCharsets.UTF_8);
  }

  /** The task's document; empty when there is none. */
  Map<String, Object> document(String taskId) throws Exception {
    Map<String, Object> data = firestore.document("tasks/" + taskId).get().get().getData();
    return data == null ? Map.of() : data;
  }

  /** The dead letters that recovery has recorded. */
  List<Map<String, Object>> deadLetters() throws Exception {
    return firestore.collection("deadLetters").get().get().getDocuments().stream()
        .map(DocumentSnapshot::getData)
        .toList();
  }

  /** As operators do who have looked at them. */
  void removeDeadLetters() throws Exception {
    for (DocumentSnapshot letter : firestore.collection("deadLetters").get().get()) {
      letter.getReference().delete().get();
    }
  }

  /** The task as the edge shows it. */
  JsonNode view(String taskId) throws IOException, InterruptedException {
    return JSON.readTree(get(edge().resolve("/v1/tasks/" + taskId)).body());
  }

  /** Has something go wrong in the local cloud; {@link #clearFaults} ends it. */
  void fault(String rule) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        send(HttpRequest.newBuilder(cloud("/_in/faults")).POST(BodyPublishers.ofString(rule)));
    if (answer.statusCode() != 201) {
      throw new IOException(answer.body());
    }
  }

  void clearFaults() throws IOException, InterruptedException {
    send(HttpRequest.newBuilder(cloud("/_in/faults")).DELETE());
  }

  URI cloud(String path) throws IOException {
    return URI.create("http://" + upFile().path("hosts").path("pubsub").asText() + path);
  }

  HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  @Override
  public void close() throws Exception {
    firestore.close();
    up.close();
    foreignHost.close();
    collector.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
