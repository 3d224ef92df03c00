package dev.in.core.testing;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/**
 * The local cloud as a process of its own, since its class path and Quarkus's differ. It ends when
 * it is closed, or when this JVM does: its standard input closes then.
 */
public final class LocalCloudProcess implements AutoCloseable {
  public static final String PROJECT = "in-local";
  public static final String BUCKET = "in-local-images";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration TIME_TO_END = Duration.ofSeconds(10);

  // No upgrade to HTTP/2: a long answer to an upgraded request comes back cancelled.
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Process process;
  private final URI endpoint;

  private LocalCloudProcess(Process process, URI endpoint) {
    this.process = requireNonNull(process, "process is null");
    this.endpoint = requireNonNull(endpoint, "endpoint is null");
  }

  /** Starts one and returns once it serves. */
  public static LocalCloudProcess start() {
    try {
      Process process =
          new ProcessBuilder(LocalCloudFiles.find().command())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      return new LocalCloudProcess(process, awaitReady(process));
    } catch (IOException e) {
      throw new UncheckedIOException("the local cloud cannot be started", e);
    }
  }

  private static URI awaitReady(Process process) throws IOException {
    BufferedReader output = process.inputReader();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith("ready ")) {
        return URI.create(line.substring("ready ".length()));
      }
    }
    throw new IllegalStateException("the local cloud ended before it was ready; see above");
  }

  /** Where everything is served, as in {@code http://localhost:1234}. */
  public URI endpoint() {
    return endpoint;
  }

  /** The same as Google's tools write it in their {@code *_EMULATOR_HOST}. */
  public String host() {
    return endpoint.getHost() + ":" + endpoint.getPort();
  }

  /** The environment variables that make a function use it. */
  public Map<String, String> environment() {
    return Map.of(
        "GOOGLE_CLOUD_PROJECT", PROJECT,
        "IN_IMAGES_BUCKET", BUCKET,
        "PUBSUB_EMULATOR_HOST", host(),
        "FIRESTORE_EMULATOR_HOST", host(),
        "STORAGE_EMULATOR_HOST", host(),
        "VISION_EMULATOR_HOST", host());
  }

  /** Makes a topic, if it is not there. */
  public void createTopic(String topic) {
    String path = "/v1/projects/" + PROJECT + "/topics/" + topic;
    HttpResponse<String> answer = send("PUT", path, "{}");
    if (answer.statusCode() != 200 && answer.statusCode() != 409) {
      throw new IllegalStateException("no topic " + topic + ": " + answer.body());
    }
  }

  /** All messages published to a topic, each as Pub/Sub's JSON has it. */
  public JsonNode published(String topic) {
    return json(expect(200, send("GET", "/_in/pubsub/topics/" + topic + "/messages", "")));
  }

  /** How often each call was made and what it would have been billed. */
  public JsonNode counters() {
    return json(expect(200, send("GET", "/_in/counters", "")));
  }

  public void resetCounters() {
    expect(204, send("DELETE", "/_in/counters", ""));
  }

  /**
   * Has calls go wrong.
   *
   * @param rule as the local cloud's {@code FaultJson} documents it
   */
  public void fault(String rule) {
    expect(201, send("POST", "/_in/faults", rule));
  }

  public void clearFaults() {
    expect(204, send("DELETE", "/_in/faults", ""));
  }

  private HttpResponse<String> send(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint.resolve(path))
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(30))
            .method(method, BodyPublishers.ofString(body))
            .build();
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException("the local cloud does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static String expect(int status, HttpResponse<String> answer) {
    if (answer.statusCode() != status) {
      throw new IllegalStateException(
          answer.request().uri() + " answers " + answer.statusCode() + ": " + answer.body());
    }
    return answer.body();
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(TIME_TO_END)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    http.close();
  }
}
