package dev.in.runner.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.in.events.Feature;
import dev.in.events.Priority;
import dev.in.runner.TestingServer;
import dev.in.runner.process.StackFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class TasksTest {
  private static final String UPLOADS = "POST /v1/uploads";
  private static final String PLACE = "PUT /bucket/uploads/u1";
  private static final String TASKS = "POST /v1/tasks";
  private static final String TASK = "GET /v1/tasks/t1";
  private static final String EVENTS = "GET /v1/tasks/t1/events";
  private static final String ACCEPTED = "{\"taskId\":\"t1\",\"status\":\"submitted\"}";

  @TempDir private Path folder;
  private final List<String> notes = new ArrayList<>();
  private TestingServer edge;

  @BeforeEach
  void start() throws IOException {
    edge = new TestingServer();
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  @Test
  void anUploadIsCreatedAndItsBytesAreSentWithTheSignedHeaders() throws Exception {
    edge.answer(UPLOADS, 200, place()).answer(PLACE, 200, "");

    assertThat(tasks().upload(image(), "image/png")).isEqualTo("u1");

    assertThat(edge.requests(UPLOADS).getFirst().body())
        .isEqualTo("{\"contentType\":\"image/png\",\"size\":5,\"fileName\":\"a.png\"}");
    TestingServer.Request put = edge.requests(PLACE).getFirst();
    assertThat(put.body()).isEqualTo("bytes");
    assertThat(put.header("content-type")).contains("image/png");
    assertThat(put.header("x-goog-if-generation-match")).contains("0");
    assertThat(put.header("authorization")).isEmpty();
  }

  @Test
  void aFileWhoseNameTheEdgeWouldRefuseIsUploadedWithoutIt() throws Exception {
    edge.answer(UPLOADS, 200, place()).answer(PLACE, 200, "");

    tasks().upload(Files.writeString(folder.resolve("a\\b\n.png"), "bytes"), "image/png");

    assertThat(edge.requests(UPLOADS).getFirst().body())
        .isEqualTo("{\"contentType\":\"image/png\",\"size\":5}");
  }

  @Test
  void anInterruptedUploadIsRepeatedAsANewUpload() throws Exception {
    edge.answer(UPLOADS, 200, place()).answer(PLACE, 503, "busy").answer(PLACE, 200, "");

    tasks().upload(image(), "image/png");

    assertThat(edge.requests(UPLOADS)).hasSize(2);
    assertThat(notes).containsExactly("trying again: java.io.IOException: the answer was 503");
  }

  @Test
  void anUploadThatAlreadyExistsCountsAsDone() throws Exception {
    edge.answer(UPLOADS, 200, place()).answer(PLACE, 412, "");

    assertThat(tasks().upload(image(), "image/png")).isEqualTo("u1");
  }

  @Test
  void aSubmissionHasItsOptionsAndChannel() throws Exception {
    edge.answer(TASKS, 202, ACCEPTED);
    SubmissionOptions options =
        new SubmissionOptions(Priority.HIGH, List.of(Feature.TEXT, Feature.FACES));

    assertThat(tasks(options).submitUpload("u1").taskId()).isEqualTo("t1");

    TestingServer.Request request = edge.requests(TASKS).getFirst();
    assertThat(request.body())
        .isEqualTo("{\"uploadId\":\"u1\",\"priority\":\"high\",\"features\":[\"text\",\"faces\"]}");
    assertThat(request.header("authorization")).contains("Bearer secret");
  }

  @Test
  void anAddressIsSubmittedAsItIs() throws Exception {
    edge.answer(TASKS, 202, ACCEPTED);

    tasks().submitUrl("https://example.com/a.jpg?x=ä");

    assertThat(edge.requests(TASKS).getFirst().body())
        .isEqualTo("{\"imageUrl\":\"https://example.com/a.jpg?x=ä\",\"priority\":\"normal\"}");
  }

  @Test
  void aRepeatedSubmissionHasTheSameIdempotencyKey() throws Exception {
    edge.answer(TASKS, 500, "").answer(TASKS, 202, ACCEPTED);

    tasks().submitUpload("u1");
    tasks().submitUpload("u1");

    List<Optional<String>> keys =
        edge.requests(TASKS).stream().map(request -> request.header("idempotency-key")).toList();
    assertThat(keys).hasSize(3).doesNotContain(Optional.empty());
    assertThat(keys.get(0)).isEqualTo(keys.get(1)).isNotEqualTo(keys.get(2));
  }

  @Test
  void aRefusalIsNotRetried() {
    edge.answer(TASKS, 400, "{\"code\":\"invalid_request\",\"detail\":\"imageUrl is wrong\"}");

    assertThatThrownBy(() -> tasks().submitUrl("http://"))
        .isInstanceOf(EdgeRefusal.class)
        .hasMessage("imageUrl is wrong");
    assertThat(edge.requests(TASKS)).hasSize(1);
  }

  @Test
  void aLimitThatEndsInTimeIsWaitedForAndSaid() throws Exception {
    edge.answer(TASKS, 429, Map.of("Retry-After", "1"), limit("submissions_per_minute_exceeded"))
        .answer(TASKS, 202, ACCEPTED);
    Tasks tasks = tasks(new RetryPolicy(Duration.ofSeconds(10), notes::add));

    long start = System.nanoTime();
    assertThat(tasks.submitUpload("u1").taskId()).isEqualTo("t1");

    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    List<Optional<String>> keys =
        edge.requests(TASKS).stream().map(request -> request.header("idempotency-key")).toList();
    assertThat(keys).hasSize(2).doesNotContain(Optional.empty());
    assertThat(keys.get(0)).isEqualTo(keys.get(1));
    assertThat(notes).containsExactly("waiting 1 s: it is used up");
  }

  @Test
  void aLimitThatEndsTooLateIsARefusalAtOnce() {
    edge.answer(TASKS, 429, Map.of("Retry-After", "3600"), limit("submissions_per_day_exceeded"));

    assertThatThrownBy(() -> tasks().submitUpload("u1"))
        .isInstanceOfSatisfying(
            EdgeRefusal.class,
            refusal -> assertThat(refusal.limit()).contains("submissions_per_day_exceeded"))
        .hasMessage("it is used up");
    assertThat(edge.requests(TASKS)).hasSize(1);
    assertThat(notes).isEmpty();
  }

  @Test
  void aLimitIsNotWaitedForBehindTheEndOfTheCommand() {
    edge.answer(TASKS, 429, Map.of("Retry-After", "2"), limit("submissions_per_minute_exceeded"));
    RetryPolicy endingSoon =
        new RetryPolicy(Duration.ofMinutes(1), notes::add)
            .endingAt(System.nanoTime() + Duration.ofSeconds(1).toNanos());

    assertThatThrownBy(() -> tasks(endingSoon).submitUpload("u1")).hasMessage("it is used up");
    assertThat(edge.requests(TASKS)).hasSize(1);
  }

  @Test
  void whereNoFurtherTaskIsAcceptedNothingIsUploadedForOne() {
    edge.answer(UPLOADS, 200, place())
        .answer(TASKS, 429, Map.of("Retry-After", "3600"), limit("units_per_day_exceeded"));
    Tasks tasks = tasks();

    assertThatThrownBy(() -> tasks.submitUpload("u1")).hasMessage("it is used up");
    assertThatThrownBy(() -> tasks.upload(image(), "image/png")).hasMessage("it is used up");
    assertThatThrownBy(() -> tasks.submitUrl("https://example.com/a.png"))
        .hasMessage("it is used up");
    assertThat(edge.requests()).hasSize(1);
  }

  @Test
  void anUploadThatIsBeyondALimitDoesNotKeepOthersFromBeingSubmitted() throws Exception {
    edge.answer(UPLOADS, 429, Map.of("Retry-After", "3600"), limit("stored_bytes_exceeded"))
        .answer(TASKS, 202, ACCEPTED);
    Tasks tasks = tasks();

    assertThatThrownBy(() -> tasks.upload(image(), "image/png")).hasMessage("it is used up");
    assertThat(tasks.submitUrl("https://example.com/a.png").taskId()).isEqualTo("t1");
  }

  @Test
  void tooManyRequestsWithoutATimeAreTriedAgainLikeATransientFailure() throws Exception {
    edge.answer(UPLOADS, 200, place())
        .answer(PLACE, 429, "busy")
        .answer(PLACE, 429, Map.of("Retry-After", "soon"), "busy")
        .answer(PLACE, 200, "");

    assertThat(tasks().upload(image(), "image/png")).isEqualTo("u1");

    assertThat(notes).containsExactly("trying again: java.io.IOException: the answer was 429");
  }

  @Test
  void anEdgeThatStaysAwayIsAFailureOfTheStack() {
    edge.close();

    assertThatThrownBy(() -> tasks().submitUpload("u1"))
        .isInstanceOf(StackFailure.class)
        .hasMessageStartingWith("the edge does not answer: ");
  }

  @Test
  void aTaskIsFollowedToItsEnd() throws Exception {
    edge.answer(
        EVENTS,
        200,
        "retry: 2000\n\n"
            + event(1, "submitted")
            + ": keepalive\n\n"
            + event(2, "processing_in_gcp")
            + event(3, "completed"));
    List<TaskView> updates = new ArrayList<>();

    TaskView end = tasks().follow("t1", updates::add);

    assertThat(end.completed()).isTrue();
    assertThat(end.result())
        .hasValueSatisfying(r -> assertThat(r.path("sizeBytes").asInt()).isEqualTo(5));
    assertThat(updates)
        .extracting(TaskView::status)
        .containsExactly("submitted", "processing_in_gcp", "completed");
  }

  @Test
  void aConnectionThatBreaksIsTakenUpAfterTheLastEvent() throws Exception {
    edge.answer(EVENTS, 200, event(1, "submitted") + event(2, "processing_in_gcp"))
        .answer(EVENTS, 502, "")
        .answer(EVENTS, 200, event(3, "failed"));

    assertThat(tasks().follow("t1", view -> {}).status()).isEqualTo("failed");

    assertThat(edge.requests(EVENTS))
        .extracting(request -> request.header("last-event-id"))
        .containsExactly(Optional.empty(), Optional.of("2"), Optional.of("2"));
  }

  @Test
  void aTaskWhoseEventsHaveAllBeenSentIsReadForItsEnd() throws Exception {
    edge.answer(EVENTS, 204, "").answer(TASK, 200, "{\"taskId\":\"t1\",\"status\":\"completed\"}");

    assertThat(tasks().follow("t1", view -> {}).completed()).isTrue();
  }

  private Tasks tasks() {
    return tasks(new SubmissionOptions(Priority.NORMAL, List.of()));
  }

  private Tasks tasks(SubmissionOptions options) {
    return tasks(options, new RetryPolicy(Duration.ofMillis(300), notes::add));
  }

  private Tasks tasks(RetryPolicy retries) {
    return tasks(new SubmissionOptions(Priority.NORMAL, List.of()), retries);
  }

  private Tasks tasks(SubmissionOptions options, RetryPolicy retries) {
    return new Tasks(new EdgeClient(edge.uri(), Optional.of("secret")), retries, options);
  }

  private static String limit(String code) {
    return "{\"code\":\"%s\",\"detail\":\"it is used up\"}".formatted(code);
  }

  private Path image() throws IOException {
    return Files.writeString(folder.resolve("a.png"), "bytes");
  }

  private String place() {
    return """
    {"uploadId":"u1","url":"%s/bucket/uploads/u1","method":"PUT","headers":
     {"content-type":"image/png","x-goog-if-generation-match":"0"}}
    """
        .formatted(edge.uri());
  }

  private static String event(int id, String status) {
    return "id: %d\nevent: status\ndata: {\"taskId\":\"t1\",\"status\":\"%s\",\"result\":{\"sizeBytes\":5}}\n\n"
        .formatted(id, status);
  }
}
