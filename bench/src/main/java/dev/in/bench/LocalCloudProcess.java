package dev.in.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The local cloud as a process, with the topology's topics, for functions that are measured. */
final class LocalCloudProcess implements AutoCloseable {
  private static final String ACCOUNT = "bench@in-local.iam.gserviceaccount.com";
  private static final Pattern TOPICS = Pattern.compile("(?ms)^topics:$(.*?)^\\w");
  private static final Pattern TOPIC = Pattern.compile("(?m)^  ([a-z-]+):");

  private final MeasuredProcess process;
  private final String host;
  private final String metadataHost;

  private LocalCloudProcess(MeasuredProcess process, String host, String metadataHost) {
    this.process = process;
    this.host = host;
    this.metadataHost = metadataHost;
  }

  static LocalCloudProcess start(Path root, Path log) throws IOException, InterruptedException {
    Path built = root.resolve("emulator/target");
    MeasuredProcess process =
        MeasuredProcess.start(
            root,
            log,
            Map.of(),
            MeasuredProcess.java(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-cp",
            built + "/*:" + built.resolve("lib") + "/*",
            "dev.in.emulator.Main",
            "--identity",
            ACCOUNT);
    String host = process.awaitLine("ready http://(\\S+)");
    LocalCloudProcess cloud =
        new LocalCloudProcess(process, host, process.awaitLine("identity \\S+ (\\S+)"));
    cloud.createTopics(root);
    return cloud;
  }

  /** The environment in which a function runs on it. */
  Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("GOOGLE_CLOUD_PROJECT", "in-local");
    environment.put("IN_IMAGES_BUCKET", "in-local-images");
    environment.put("IN_PUSH_AUTH", "none");
    environment.put("PUBSUB_EMULATOR_HOST", host);
    environment.put("FIRESTORE_EMULATOR_HOST", host);
    environment.put("VISION_EMULATOR_HOST", host);
    environment.put("STORAGE_EMULATOR_HOST", "http://" + host);
    environment.put("GCE_METADATA_HOST", metadataHost);
    environment.put("IN_EDGE_URL", "http://" + host);
    environment.put("IN_EDGE_AUDIENCE", "bench");
    return environment;
  }

  private void createTopics(Path root) throws IOException, InterruptedException {
    String topology =
        Files.readString(root.resolve("common-events/src/main/resources/topology.yaml"));
    String section =
        TOPICS
            .matcher(topology)
            .results()
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("topology.yaml has no topics"))
            .group(1);
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      for (String topic : TOPIC.matcher(section).results().map(match -> match.group(1)).toList()) {
        URI uri = URI.create("http://" + host + "/v1/projects/in-local/topics/" + topic);
        HttpRequest request =
            HttpRequest.newBuilder(uri).PUT(BodyPublishers.ofString("{}")).build();
        int status = client.send(request, BodyHandlers.discarding()).statusCode();
        if (status != 200) {
          throw new IllegalStateException("topic " + topic + " cannot be created: " + status);
        }
      }
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.stop();
  }
}
