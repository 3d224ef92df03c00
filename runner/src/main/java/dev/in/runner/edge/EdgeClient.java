package dev.in.runner.edge;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The edge's public interface, each call made once. An IOException may be transient; an {@link
 * EdgeRefusal} is final, unless it says when it ends.
 */
public final class EdgeClient {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

  /** For 50 MB, the most that is taken, on a slow line. */
  private static final Duration UPLOAD_TIMEOUT = Duration.ofMinutes(5);

  private static final int OK = 200;
  private static final int FOUND = 302;
  private static final int PRECONDITION_FAILED = 412;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI edge;
  private final Optional<String> token;
  private final HttpClient http;

  /**
   * @param edge its address
   * @param token sent as bearer token, where the edge wants one
   */
  public EdgeClient(URI edge, Optional<String> token) {
    this.edge = requireNonNull(edge, "edge is null");
    this.token = requireNonNull(token, "token is null");
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
  }

  /** Asks whether an edge is there and well. */
  public void checkHealth() throws IOException, InterruptedException, EdgeRefusal {
    json(request("/healthz").GET());
  }

  /**
   * Creates a signed upload for one image.
   *
   * @param fileName as lists show its tasks
   */
  Upload createUpload(String contentType, long sizeBytes, Optional<String> fileName)
      throws IOException, InterruptedException, EdgeRefusal {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("contentType", contentType)
            .put("size", sizeBytes);
    fileName.ifPresent(name -> body.put("fileName", name));
    return Upload.read(json(post("/v1/uploads", body)));
  }

  /** Uploads the image. If it is already there, an earlier answer was lost. */
  void put(Upload upload, Path file) throws IOException, InterruptedException, EdgeRefusal {
    HttpRequest.Builder request = HttpRequest.newBuilder(upload.url()).timeout(UPLOAD_TIMEOUT);
    upload.headers().forEach(request::header);
    HttpResponse<String> answer =
        http.send(
            request.method(upload.method(), BodyPublishers.ofFile(file)).build(),
            BodyHandlers.ofString());
    if (answer.statusCode() != PRECONDITION_FAILED) {
      requireSuccess(answer, answer.body());
    }
  }

  /**
   * Submits a task.
   *
   * @param idempotencyKey makes a repeat of the same submission harmless
   * @return the task's id
   */
  String submit(ObjectNode submission, String idempotencyKey)
      throws IOException, InterruptedException, EdgeRefusal {
    HttpRequest.Builder request =
        post("/v1/tasks", submission).header("Idempotency-Key", idempotencyKey);
    return json(request).path("taskId").asText();
  }

  /** The task as the edge shows it. */
  public TaskView view(String taskId) throws IOException, InterruptedException, EdgeRefusal {
    return TaskView.read(json(request("/v1/tasks/" + taskId).GET()));
  }

  /** The caller's account. */
  JsonNode account() throws IOException, InterruptedException, EdgeRefusal {
    return json(request("/v1/account").GET());
  }

  /** Where users sign in. */
  public JsonNode session() throws IOException, InterruptedException, EdgeRefusal {
    return json(request("/v1/session").GET());
  }

  /** Opens the account's feed after that sequence number. */
  EventStream feed(long after) throws IOException, InterruptedException, EdgeRefusal {
    return opened(request("/v1/events?cursor=" + after))
        .orElseThrow(() -> new IOException("the feed has no answer"));
  }

  /** One page of the caller's tasks. */
  public LibraryPage library(LibraryQuery query, int limit, Optional<String> cursor)
      throws IOException, InterruptedException, EdgeRefusal {
    return LibraryPage.read(json(request(query.path(limit, cursor)).GET()));
  }

  /**
   * The stored image of a task.
   *
   * @param limit more bytes are not taken
   */
  public byte[] image(String taskId, int limit)
      throws IOException, InterruptedException, EdgeRefusal {
    HttpResponse<String> answer =
        http.send(request("/v1/tasks/" + taskId + "/image").GET().build(), BodyHandlers.ofString());
    Optional<String> location = answer.headers().firstValue("location");
    if (answer.statusCode() != FOUND || location.isEmpty()) {
      requireSuccess(answer, answer.body());
      throw new IOException("the answer was " + answer.statusCode());
    }
    // The bucket's own address, signed: our token is none of its business.
    URI signed = edge.resolve(location.get());
    HttpResponse<InputStream> image =
        http.send(
            HttpRequest.newBuilder(signed).timeout(ANSWER_TIMEOUT).build(),
            BodyHandlers.ofInputStream());
    try (InputStream body = image.body()) {
      requireSuccess(image, "");
      byte[] bytes = body.readNBytes(limit);
      if (body.read() >= 0) {
        throw new IOException("it has more than " + limit + " bytes");
      }
      return bytes;
    }
  }

  /**
   * Opens a task's events.
   *
   * @param lastEventId what was seen last, if anything was
   * @return empty when everything has been sent and nothing will follow
   */
  Optional<EventStream> events(String taskId, Optional<String> lastEventId)
      throws IOException, InterruptedException, EdgeRefusal {
    HttpRequest.Builder request = request("/v1/tasks/" + taskId + "/events");
    lastEventId.ifPresent(id -> request.header("Last-Event-ID", id));
    return opened(request);
  }

  private Optional<EventStream> opened(HttpRequest.Builder request)
      throws IOException, InterruptedException, EdgeRefusal {
    request.header("Accept", "text/event-stream");
    HttpResponse<InputStream> answer =
        http.send(request.GET().build(), BodyHandlers.ofInputStream());
    if (answer.statusCode() == OK) {
      return Optional.of(new EventStream(answer.body()));
    }
    try (InputStream body = answer.body()) {
      requireSuccess(answer, new String(body.readAllBytes(), StandardCharsets.UTF_8));
    }
    return Optional.empty();
  }

  private HttpRequest.Builder post(String path, ObjectNode body) {
    return request(path)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body.toString()));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(edge.resolve(path)).timeout(ANSWER_TIMEOUT);
    token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
    return request;
  }

  private JsonNode json(HttpRequest.Builder request)
      throws IOException, InterruptedException, EdgeRefusal {
    HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
    requireSuccess(answer, answer.body());
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      throw new IOException("the answer is not JSON", e);
    }
  }

  private static void requireSuccess(HttpResponse<?> answer, String body)
      throws IOException, EdgeRefusal {
    int status = answer.statusCode();
    if (status == TOO_MANY_REQUESTS) {
      Optional<Duration> retryAfter = retryAfter(answer);
      if (retryAfter.isPresent()) {
        throw EdgeRefusal.limitReached(
            problem(body, "code").orElse("too_many_requests"),
            detail(status, body),
            retryAfter.get());
      }
    } else if (status >= 400 && status < 500) {
      throw new EdgeRefusal(status, detail(status, body));
    }
    if (status < 200 || status >= 300) {
      throw new IOException(detail(status, body));
    }
  }

  /** In seconds, as the edge says it. */
  private static Optional<Duration> retryAfter(HttpResponse<?> answer) {
    return answer
        .headers()
        .firstValue("retry-after")
        .filter(SECONDS.asMatchPredicate())
        .map(Long::valueOf)
        .map(Duration::ofSeconds);
  }

  /** The detail of a problem; of any other body the status. */
  private static String detail(int status, String body) {
    return problem(body, "detail").orElse("the answer was " + status);
  }

  /** A text of a problem (RFC 9457); empty of any other body. */
  private static Optional<String> problem(String body, String field) {
    try {
      return Optional.ofNullable(JSON.readTree(body).path(field).textValue());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
