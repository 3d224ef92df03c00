package dev.in.download;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.NoCredentials;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreOptions;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import dev.in.core.testing.FunctionProcess;
import dev.in.core.testing.LocalCloudExtension;
import dev.in.core.testing.LocalCloudProcess;
import dev.in.core.testing.PushClient;
import dev.in.core.testing.TestingHost;
import dev.in.events.ImageInput;
import dev.in.topology.Topology;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The packaged function as a process: its logs, its memory, and how it goes. */
@ExtendWith(LocalCloudExtension.class)
class DownloadProcessIT {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(10);

  private static LocalCloudProcess cloud;
  private static Firestore firestore;
  private static Storage storage;

  @BeforeAll
  static void connect(LocalCloudProcess localCloud) {
    cloud = localCloud;
    Topology.load().topics().keySet().forEach(cloud::createTopic);
    firestore =
        FirestoreOptions.newBuilder()
            .setProjectId(LocalCloudProcess.PROJECT)
            .setEmulatorHost(cloud.host())
            .build()
            .getService();
    storage =
        StorageOptions.newBuilder()
            .setProjectId(LocalCloudProcess.PROJECT)
            .setHost(cloud.endpoint().toString())
            .setCredentials(NoCredentials.getInstance())
            .build()
            .getService();
  }

  @AfterAll
  static void disconnect() {
    if (firestore != null) {
      firestore.shutdownNow();
    }
  }

  @AfterEach
  void noMoreFaults() {
    cloud.clearFaults();
  }

  @Test
  void itLogsAsCloudLoggingReads() throws Exception {
    Submission submission = upload(ImageBytes.jpeg(1_000));
    try (FunctionProcess function = FunctionProcess.start(environment())) {
      URI endpoint = function.awaitReady();
      PushClient client = new PushClient(endpoint);
      client.push(
          submission.delivery(1).attribute("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01"));

      JsonNode line =
          function.awaitLog(log -> log.path("taskId").asText().equals(submission.taskId()));

      assertThat(line.path("severity").asText()).isEqualTo("INFO");
      assertThat(line.path("message").asText())
          .isEqualTo("download.requested message-of-" + submission.taskId() + ": ack (done)");
      assertThat(line.path("logging.googleapis.com/trace").asText())
          .isEqualTo("projects/in-local/traces/" + TRACE);
      assertThat(line.path("logging.googleapis.com/spanId").asText())
          .matches("[0-9a-f]{16}")
          .isNotEqualTo("00f067aa0ba902b7");
      assertThat(Instant.parse(line.path("time").asText())).isBefore(Instant.now());
      assertThat(function.output().lines()).allMatch(text -> text.startsWith("{"));
      assertThat(function.logs()).noneMatch(log -> log.path("severity").asText().equals("WARNING"));
    }
  }

  @Test
  void stoppedInTheMiddleOfItsWorkItReleasesTheTask() throws Exception {
    Submission submission = upload(ImageBytes.jpeg(1_000));
    try (FunctionProcess function = FunctionProcess.start(environment())) {
      PushClient client = new PushClient(function.awaitReady());
      cloud.fault("{\"calls\": \"storage.objects.get\", \"effect\": \"hang\"}");
      CompletableFuture<Integer> status =
          CompletableFuture.supplyAsync(() -> client.push(submission.delivery(1)).statusCode());
      awaitStatus(submission, "running");

      function.terminate();

      assertThat(status.get(SHUTDOWN_TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(503);
      assertThat(stage(submission).get("status")).isEqualTo("pending");
      assertThat(stage(submission)).doesNotContainKey("lease");
      assertThat(stage(submission).get("leaseExpiries")).isEqualTo(0L);
      assertThat(function.awaitExit(SHUTDOWN_TIMEOUT)).isEqualTo(143);
    }
  }

  /** The interrupted read must not be taken for the host's fault. */
  @Test
  void stoppedInTheMiddleOfAHostsBodyItBlamesNobody() throws Exception {
    CountDownLatch half = new CountDownLatch(1);
    try (TestingHost host = TestingHost.http()) {
      host.on(
          "/half.jpg",
          out -> {
            byte[] image = ImageBytes.jpeg(1_000_000);
            TestingHost.write(out, "HTTP/1.1 200 OK\nContent-Length: " + image.length);
            out.write(image, 0, image.length / 2);
            out.flush();
            half.countDown();
            Thread.sleep(Duration.ofMinutes(1));
          });
      Map<String, String> environment = environment();
      environment.put("IN_FETCH_ALLOW", "127.0.0.1:" + host.port());
      Submission submission =
          Submission.of(new ImageInput.Url("http://127.0.0.1:" + host.port() + "/half.jpg"));
      try (FunctionProcess function = FunctionProcess.start(environment)) {
        PushClient client = new PushClient(function.awaitReady());
        CompletableFuture<Integer> status =
            CompletableFuture.supplyAsync(() -> client.push(submission.delivery(1)).statusCode());
        assertThat(half.await(30, TimeUnit.SECONDS)).isTrue();
        awaitStatus(submission, "running");

        function.terminate();

        assertThat(status.get(SHUTDOWN_TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(503);
        assertThat(stage(submission).get("status")).isEqualTo("pending");
        assertThat(stage(submission).get("lastError").toString())
            .startsWith("the instance shut down");
        assertThat(stage(submission)).doesNotContainKeys("lease", "error");
      }
    }
  }

  @Test
  void stoppedWhileNothingAnswersItExitsInTimeAllTheSame() throws Exception {
    Submission submission = upload(ImageBytes.jpeg(1_000));
    try (FunctionProcess function = FunctionProcess.start(environment())) {
      PushClient client = new PushClient(function.awaitReady());
      cloud.fault("{\"calls\": \"storage.objects.get\", \"effect\": \"hang\"}");
      CompletableFuture.runAsync(() -> client.push(submission.delivery(1)));
      awaitStatus(submission, "running");
      cloud.fault("{\"calls\": \"google.firestore.v1.Firestore/*\", \"effect\": \"hang\"}");

      function.terminate();

      assertThat(function.awaitExit(SHUTDOWN_TIMEOUT)).isEqualTo(143);
    }
  }

  @Test
  void stoppedWhileIdleItExitsAtOnce() throws Exception {
    try (FunctionProcess function = FunctionProcess.start(environment())) {
      function.awaitReady();

      function.terminate();

      assertThat(function.awaitExit(Duration.ofSeconds(5))).isEqualTo(143);
    }
  }

  @Test
  void itsMemoryDoesNotGrowWithTheImages() throws Exception {
    int most = 50 << 20;
    List<Submission> submissions = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      submissions.add(upload(ImageBytes.jpeg(most - i)));
    }
    try (FunctionProcess function = FunctionProcess.start(environment(), "-Xmx80m")) {
      PushClient client = new PushClient(function.awaitReady());
      List<CompletableFuture<Integer>> statuses =
          submissions.stream()
              .map(
                  submission ->
                      CompletableFuture.supplyAsync(
                          () -> client.push(submission.delivery(1)).statusCode()))
              .toList();
      for (CompletableFuture<Integer> status : statuses) {
        assertThat(status.get(60, TimeUnit.SECONDS)).isEqualTo(204);
      }
    }
    for (Submission submission : submissions) {
      assertThat(stage(submission).get("status")).isEqualTo("completed");
    }
  }

  private static Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(cloud.environment());
    environment.put("IN_PUSH_AUTH", "none");
    environment.put("IN_EDGE_URL", "http://127.0.0.1:1");
    return environment;
  }

  private static Submission upload(byte[] bytes) {
    String uploadId = "upload_" + UUID.randomUUID();
    storage.create(
        BlobInfo.newBuilder(
                LocalCloudProcess.BUCKET, Submission.uploadOf(Submission.OWNER, uploadId))
            .build(),
        bytes);
    return Submission.ofUpload(uploadId);
  }

  private static Map<String, Object> stage(Submission submission) throws Exception {
    Map<String, Object> stage = new HashMap<>();
    Object stored =
        firestore
            .collection("tasks")
            .document(submission.taskId())
            .get()
            .get()
            .get("stages.download");
    if (stored instanceof Map<?, ?> fields) {
      fields.forEach((name, value) -> stage.put((String) name, value));
    }
    return stage;
  }

  private static void awaitStatus(Submission submission, String status) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!status.equals(stage(submission).get("status"))) {
      assertThat(System.nanoTime()).as("status " + status).isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }
}
