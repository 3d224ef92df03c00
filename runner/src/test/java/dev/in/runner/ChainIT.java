package dev.in.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.in.events.EventId;
import dev.in.events.EventType;
import dev.in.topology.Topology;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The whole chain, edge to edge, on a stack that is up. */
@ExtendWith(SharedStack.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ChainIT {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private RunningStack stack;

  @BeforeEach
  void use(RunningStack shared) {
    stack = shared;
  }

  @AfterEach
  void clearFaults() throws Exception {
    stack.clearFaults();
  }

  @Test
  void everyMessageOfATaskIsPublishedOnceInTheDocumentedForm() throws Exception {
    Path image = TestImages.write(folder.resolve("a.png"), 64, 48);
    String taskId = completed(image).path("taskId").asText();

    JsonNode first = message("download-topic", taskId);
    String traceId = first.path("traceId").asText();
    String uploadId = first.path("payload").path("input").path("uploadId").asText();
    JsonNode downloaded = message("image-events", taskId, "image.downloaded");
    JsonNode object = downloaded.path("payload").path("object");
    String stored =
        "\"object\":%s,\"contentType\":\"image/png\",\"sizeBytes\":%d,\"sha256\":\"%s\""
            .formatted(object, Files.size(image), sha256(image));

    assertThat(uploadId).matches("[A-Za-z0-9_-]{22}");
    assertThat(object.path("bucket").asText()).isEqualTo("in-local-images");
    assertThat(object.path("name").asText()).isEqualTo("tasks/" + taskId + "/1/original");
    assertThat(object.path("generation").asLong()).isPositive();
    Expected expected = new Expected(taskId, traceId);
    assertThat(first)
        .isEqualTo(
            expected.event(
                first,
                "edge",
                EventType.DOWNLOAD_REQUESTED,
                "{\"input\":{\"uploadId\":\"%s\"},\"features\":[\"text\",\"colors\"]}"
                    .formatted(uploadId)));
    assertThat(downloaded)
        .isEqualTo(
            expected.event(downloaded, "download", EventType.IMAGE_DOWNLOADED, "{" + stored + "}"));
    JsonNode metadata = message("metadata-topic", taskId);
    assertThat(metadata)
        .isEqualTo(
            expected.event(
                metadata,
                "download",
                EventType.METADATA_REQUESTED,
                "{" + stored + ",\"features\":[\"text\",\"colors\"]}"));
    JsonNode ai = message("ai-topic", taskId);
    assertThat(ai)
        .isEqualTo(
            expected.event(
                ai,
                "metadata",
                EventType.AI_REQUESTED,
                "{" + stored + ",\"width\":64,\"height\":48,\"features\":[\"text\",\"colors\"]}"));
    JsonNode extracted = message("image-events", taskId, "metadata.extracted");
    assertThat(extracted)
        .isEqualTo(
            expected.event(
                extracted,
                "metadata",
                EventType.METADATA_EXTRACTED,
                "{\"width\":64,\"height\":48,\"orientation\":1,\"keywords\":[]}"));
    JsonNode end = message("task-lifecycle-events", taskId);
    assertThat(end)
        .isEqualTo(
            expected.event(
                end,
                "ai",
                EventType.TASK_COMPLETED,
                "{\"contentType\":\"image/png\",\"width\":64,\"height\":48,\"sizeBytes\":%d,\"sha256\":\"%s\",\"durationMs\":%d}"
                    .formatted(
                        Files.size(image),
                        sha256(image),
                        end.path("payload").path("durationMs").asLong(-1))));
    assertThat(message("image-events", taskId, "ai.analyzed").path("payload").path("features"))
        .isEqualTo(JSON.readTree("[\"text\",\"colors\"]"));
    assertThat(stack.published("image-events", taskId)).hasSize(3);
    assertThat(stack.published("dead-letter-topic", taskId)).isEmpty();
  }

  @Test
  void anUploadNamesItsTaskAndItsConfirmationIsAnnouncedOnce() throws Exception {
    Path image = TestImages.write(folder.resolve("quay.png"), 8, 8);
    String taskId = completed(image).path("taskId").asText();
    String uploadId =
        message("download-topic", taskId).path("payload").path("input").path("uploadId").asText();

    HttpResponse<String> first = confirm(uploadId);
    HttpResponse<String> again = confirm(uploadId);

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(first.body());
    Wait.until(() -> stack.published("account-events", uploadId).size(), count -> count > 0);
    JsonNode announced = message("account-events", uploadId);
    JsonNode object = announced.path("payload").path("object");
    assertThat(object.path("generation").asLong()).isPositive();
    assertThat(announced)
        .isEqualTo(
            new Expected(uploadId, announced.path("traceId").asText())
                .event(
                    announced,
                    "edge",
                    EventType.MEDIA_UPLOAD_COMPLETED,
                    """
                    {"uploadId":"%1$s","object":{"bucket":"in-local-images",
                     "name":"uploads/local/%1$s","generation":%2$d},
                     "contentType":"image/png","sizeBytes":%3$d}
                    """
                        .formatted(
                            uploadId, object.path("generation").asLong(), Files.size(image))));
    JsonNode listed =
        JSON.readTree(stack.get(stack.edge().resolve("/v1/search?q=quay")).body()).path("items");
    assertThat(listed)
        .extracting(item -> item.path("taskId").asText(), item -> item.path("fileName").asText())
        .containsExactly(tuple(taskId, "quay.png"));
  }

  private HttpResponse<String> confirm(String uploadId) throws Exception {
    URI uri = stack.edge().resolve("/v1/uploads/" + uploadId + "/complete");
    return stack.send(HttpRequest.newBuilder(uri).POST(BodyPublishers.noBody()));
  }

  @Test
  void attributesGoWithEveryMessage() throws Exception {
    String taskId =
        completed(TestImages.write(folder.resolve("a.png"), 8, 8)).path("taskId").asText();

    for (String topic : Topology.load().topics().keySet()) {
      for (JsonNode message : stack.published(topic, taskId)) {
        JsonNode event = JSON.readTree(RunningStack.body(message));
        Map<?, ?> attributes = JSON.convertValue(message.path("attributes"), Map.class);
        assertThat(attributes.get("traceparent").toString())
            .matches("00-" + event.path("traceId").asText() + "-[0-9a-f]{16}-01");
        attributes.remove("traceparent");
        assertThat(attributes)
            .isEqualTo(
                Map.of(
                    "eventId",
                    event.path("eventId").asText(),
                    "eventType",
                    event.path("eventType").asText(),
                    "taskId",
                    taskId,
                    "run",
                    "1",
                    "priority",
                    "normal",
                    "owner",
                    "local",
                    "channel",
                    "local",
                    "schemaVersion",
                    "1"));
      }
    }
  }

  @Test
  void theTasksDocumentIsTheWholeDetailedState() throws Exception {
    Path image = TestImages.write(folder.resolve("a.jpg"), 64, 48);
    String taskId = completed(image).path("taskId").asText();

    Map<String, Object> document = stack.document(taskId);

    assertThat(document)
        .containsOnlyKeys(
            "taskId",
            "traceId",
            "run",
            "status",
            "input",
            "features",
            "priority",
            "owner",
            "channel",
            "stages",
            "createdAt",
            "runStartedAt",
            "updatedAt",
            "expiresAt")
        .containsEntry("taskId", taskId)
        .containsEntry("run", 1L)
        .containsEntry("status", "completed")
        .containsEntry("features", List.of("text", "colors"))
        .containsEntry("priority", "normal")
        .containsEntry("owner", "local")
        .containsEntry("channel", "local");
    Map<?, ?> stages = (Map<?, ?>) document.get("stages");
    assertThat(stages.keySet().stream().map(String::valueOf))
        .containsExactlyInAnyOrderElementsOf(Chain.stages());
    for (Object value : stages.values()) {
      Map<?, ?> stage = (Map<?, ?>) value;
      assertThat(stage.keySet().stream().map(String::valueOf))
          .containsOnly(
              "status",
              "lease",
              "attempts",
              "leaseExpiries",
              "nudges",
              "startedAt",
              "completedAt",
              "run",
              "output");
      assertThat(stage.get("status")).isEqualTo("completed");
      assertThat(stage.get("attempts")).isEqualTo(1L);
      assertThat(stage.get("leaseExpiries")).isEqualTo(0L);
      assertThat(stage.get("run")).isEqualTo(1L);
    }
    Map<?, ?> output = (Map<?, ?>) ((Map<?, ?>) stages.get("download")).get("output");
    assertThat(output.get("contentType")).isEqualTo("image/jpeg");
    assertThat(output.get("sizeBytes")).isEqualTo(Files.size(image));
    assertThat(output.get("sha256")).isEqualTo(sha256(image));
  }

  @Test
  void theTerminalStatusComesFromSyncAlone() throws Exception {
    Path image = TestImages.write(folder.resolve("a.png"), 8, 8);
    stack.signal("STOP", "sync");
    try (InCommand submit = stack.submit(image)) {
      String taskId;
      try {
        taskId = taskIdOf(submit);
        Wait.until(
            () -> stack.document(taskId), document -> "completed".equals(document.get("status")));

        // Google Cloud is done; the edge has not heard of it and makes nothing up.
        assertThat(stack.view(taskId).path("status").asText()).isEqualTo("processing_in_gcp");
      } finally {
        stack.signal("CONT", "sync");
      }
      assertThat(submit.awaitExit(LONG)).isZero();
      assertThat(stack.view(taskId).path("status").asText()).isEqualTo("completed");
    }
  }

  @Test
  void aFunctionThatIsKilledDuringWorkIsRestartedAndTheTaskCompletes() throws Exception {
    Path image = TestImages.write(folder.resolve("a.jpg"), 64, 48);
    long first = stack.pid("download");
    // Its first call in the middle of its work: it waits there until it is killed.
    stack.fault("{\"calls\":\"storage.objects.get\",\"effect\":\"hang\",\"when\":{\"first\":1}}");
    try (InCommand submit = stack.submit(image)) {
      String taskId = taskIdOf(submit);
      Wait.until(() -> download(taskId).get("status"), "running"::equals);

      Processes.kill9(first);

      assertThat(submit.awaitExit(LONG)).isZero();
      assertRow(submit, image, "image/jpeg");
      assertThat(download(taskId).get("attempts")).isEqualTo(2L);
      assertThat(download(taskId).get("leaseExpiries")).isEqualTo(0L);
      assertThat(stack.published("metadata-topic", taskId)).hasSize(1);
    }
    assertThat(stack.pid("download")).isNotEqualTo(first);
  }

  @Test
  void anEdgeThatIsKilledDuringWorkIsRestartedAndTheTaskCompletes() throws Exception {
    Path image = TestImages.write(folder.resolve("a.jpg"), 64, 48);
    long first = stack.pid("edge");
    stack.signal("STOP", "sync");
    try (InCommand submit = stack.submit(image)) {
      try {
        String taskId = taskIdOf(submit);
        Wait.until(() -> stack.document(taskId), document -> !document.isEmpty());
        Processes.kill9(first);
      } finally {
        stack.signal("CONT", "sync");
      }
      assertThat(submit.awaitExit(LONG)).isZero();
      assertRow(submit, image, "image/jpeg");
    }
    Wait.until(() -> stack.pid("edge"), pid -> pid != first);
  }

  @Test
  void anInputThatCannotBeProcessedFailsAloneAndTheExitCodeIsOne() throws Exception {
    Path good = TestImages.write(folder.resolve("a.png"), 8, 8);
    Path text = Files.writeString(folder.resolve("b.jpg"), "no image at all, whatever its name");
    Path empty = Files.createFile(folder.resolve("c.jpg"));
    Path missing = folder.resolve("d.jpg");
    try (InCommand submit = stack.submit(good, text, empty, missing)) {

      assertThat(submit.awaitExit(LONG)).isEqualTo(1);

      assertThat(submit.out())
          .extracting(JSON::readTree)
          .extracting(
              row -> row.path("input").asText(),
              row -> row.path("status").asText(),
              row -> row.path("error").path("code").asText(),
              row -> row.path("error").path("stage").asText())
          .containsExactly(
              tuple(good.toString(), "completed", "", ""),
              tuple(text.toString(), "failed", "unsupported_type", "download"),
              tuple(empty.toString(), "failed", "input_empty", ""),
              tuple(missing.toString(), "failed", "input_missing", ""));
    }
  }

  @Test
  void requestsWithoutAValidTokenAreRefused() throws Exception {
    String sync = "http://127.0.0.1:" + stack.process("sync").path("port").asInt() + "/";
    HttpRequest.Builder push =
        HttpRequest.newBuilder(URI.create(sync)).POST(BodyPublishers.ofString("{}"));
    assertThat(stack.send(push).statusCode()).isEqualTo(401);

    HttpRequest.Builder callback =
        HttpRequest.newBuilder(stack.edge().resolve("/internal/v1/tasks/AAAAAAAAAAAAAAAA/status"))
            .PUT(BodyPublishers.ofString("{}"));
    assertThat(stack.send(callback.copy()).statusCode()).isEqualTo(401);

    // The local cloud's default account is a good one, but not sync's.
    String token =
        stack
            .send(
                HttpRequest.newBuilder(
                        stack.cloud(
                            "/computeMetadata/v1/instance/service-accounts/default/identity"
                                + "?audience=in-local-edge&format=full"))
                    .header("Metadata-Flavor", "Google"))
            .body();
    assertThat(stack.send(callback.copy().header("Authorization", "Bearer " + token)).statusCode())
        .isEqualTo(403);
  }

  @Test
  void theUpFileIsForItsOwnerAloneAndNamesEveryProcess() throws Exception {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(stack.upFilePath())))
        .isEqualTo("rw-------");
    JsonNode upFile = stack.upFile();
    assertThat(upFile.path("project").asText()).isEqualTo("in-local");
    assertThat(upFile.path("bucket").asText()).isEqualTo("in-local-images");
    assertThat(upFile.path("processes"))
        .extracting(process -> process.path("name").asText())
        .contains("local-cloud", "edge", "download", "sync");
    assertThat(upFile.path("processes"))
        .allSatisfy(
            process -> {
              assertThat(ProcessHandle.of(process.path("pid").asLong())).isPresent();
              assertThat(process.path("port").asInt()).isPositive();
            });
  }

  /** The id of the one task that is submitted, as soon as the command prints it. */
  private static String taskIdOf(InCommand submit) throws InterruptedException {
    String line = submit.awaitError(text -> text.contains(" submitted as "));
    return line.substring(line.lastIndexOf(' ') + 1);
  }

  private Map<?, ?> download(String taskId) throws Exception {
    Map<?, ?> stages = (Map<?, ?>) stack.document(taskId).getOrDefault("stages", Map.of());
    return stages.containsKey("download") ? (Map<?, ?>) stages.get("download") : Map.of();
  }

  private JsonNode completed(Path image) throws Exception {
    try (InCommand submit = stack.submit(image)) {
      assertThat(submit.awaitExit(LONG)).isZero();
      return JSON.readTree(submit.out().getFirst());
    }
  }

  private static void assertRow(InCommand submit, Path image, String contentType) throws Exception {
    JsonNode row = JSON.readTree(submit.out().getFirst());
    assertThat(row.path("status").asText()).isEqualTo("completed");
    assertThat(row.path("contentType").asText()).isEqualTo(contentType);
    assertThat(row.path("sha256").asText()).isEqualTo(sha256(image));
  }

  private JsonNode message(String topic, String taskId) throws Exception {
    List<JsonNode> messages = stack.published(topic, taskId);
    assertThat(messages).as(topic).hasSize(1);
    return JSON.readTree(RunningStack.body(messages.getFirst()));
  }

  private JsonNode message(String topic, String taskId, String eventType) throws Exception {
    List<JsonNode> messages =
        stack.published(topic, taskId).stream()
            .filter(m -> m.path("attributes").path("eventType").asText().equals(eventType))
            .toList();
    assertThat(messages).as(eventType).hasSize(1);
    return JSON.readTree(RunningStack.body(messages.getFirst()));
  }

  private static String sha256(Path file) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }

  /** How an event must look, but for its time. */
  private record Expected(String taskId, String traceId) {

    JsonNode event(JsonNode actual, String source, EventType type, String payload)
        throws Exception {
      return JSON.readTree(
          """
          {"eventId":"%s","eventType":"%s","taskId":"%s","traceId":"%s","timestamp":%d,
           "source":"%s","payload":%s,"run":1,"schemaVersion":1}
          """
              .formatted(
                  EventId.of(taskId, 1, source, type),
                  type.wireName(),
                  taskId,
                  traceId,
                  actual.path("timestamp").asLong(-1),
                  source,
                  payload));
    }
  }
}
