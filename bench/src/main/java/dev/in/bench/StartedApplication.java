package dev.in.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A Quarkus application that is started as its image starts it. */
final class StartedApplication {
  /** What the smaller functions have on Cloud Run: memory decides about heap and pointers. */
  private static final String MEMORY = "-XX:MaxRAM=512m";

  private static final String TASK = "benchbenchbenchbench01";
  private static final String STORED =
      "{\"object\":{\"bucket\":\"in-local-images\",\"name\":\"tasks/"
          + TASK
          + "/1/original\",\"generation\":1},\"contentType\":\"image/png\",\"sizeBytes\":1,"
          + "\"sha256\":\""
          + "0".repeat(64)
          + "\",\"features\":[\"text\"]";

  /** A message of every function's own; a function refuses the others'. */
  private static final Map<String, String> PAYLOADS =
      Map.of(
          "download.requested",
          "{\"input\":{\"imageUrl\":\"https://127.0.0.1/a.png\"},\"features\":[\"text\"]}",
          "metadata.requested",
          STORED + "}",
          "ai.requested",
          STORED + ",\"width\":1,\"height\":1}",
          "task.failed",
          "{\"stage\":\"download\",\"code\":\"internal\",\"message\":\"bench\"}");

  private final MeasuredProcess process;
  private final HttpClient client;
  private final URI address;

  private StartedApplication(MeasuredProcess process, HttpClient client, URI address) {
    this.process = process;
    this.client = client;
    this.address = address;
  }

  static StartedApplication start(
      Path root,
      Path application,
      Path log,
      Map<String, String> environment,
      HttpClient client,
      List<String> flags)
      throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    Map<String, String> all = new HashMap<>(environment);
    all.put("PORT", Integer.toString(port));
    List<String> command =
        new ArrayList<>(
            List.of(
                MeasuredProcess.java(),
                "@" + root.resolve("functions/container/jvm.options"),
                MEMORY));
    command.addAll(flags);
    command.addAll(List.of("-jar", "quarkus-run.jar"));
    return new StartedApplication(
        MeasuredProcess.start(application, log, all, command.toArray(String[]::new)),
        client,
        URI.create("http://127.0.0.1:" + port + "/"));
  }

  /** Waits until it is ready; returns the time since its process was started. */
  double awaitReadyMillis() throws IOException, InterruptedException {
    process.await(this::isReady);
    return process.millisSinceStart();
  }

  ProcessUsage usage() {
    return process.usage();
  }

  /** Sends it messages as Pub/Sub would; the answers do not matter. */
  void pushMessages() throws IOException, InterruptedException {
    for (Map.Entry<String, String> payload : PAYLOADS.entrySet()) {
      HttpRequest request =
          HttpRequest.newBuilder(address)
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(pushed(payload.getKey(), payload.getValue())))
              .build();
      client.send(request, BodyHandlers.discarding());
    }
  }

  void stop() throws InterruptedException {
    process.stop();
  }

  private boolean isReady() throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(address.resolve("q/health/ready")).build();
      return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false; // it does not listen yet
    }
  }

  private static String pushed(String type, String payload) {
    String event =
        """
        {"eventId":"00000000-0000-5000-8000-000000000000","eventType":"%s","taskId":"%s",\
        "traceId":"0123456789abcdef0123456789abcdef","timestamp":1,"source":"edge",\
        "payload":%s,"run":1,"schemaVersion":1}\
        """
            .formatted(type, TASK, payload);
    return """
    {"message":{"data":"%s","messageId":"1","attributes":{"eventType":"%s","taskId":"%s"}},\
    "subscription":"projects/in-local/subscriptions/bench","deliveryAttempt":1}\
    """
        .formatted(Base64.getEncoder().encodeToString(event.getBytes(UTF_8)), type, TASK);
  }
}
