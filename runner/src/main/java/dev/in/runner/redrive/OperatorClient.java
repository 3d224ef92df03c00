package dev.in.runner.redrive;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.in.runner.edge.EdgeRefusal;
import dev.in.runner.operator.OperatorHttp;
import dev.in.runner.process.StackFailure;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What operators ask recovery and command at the edge, each call made once. An IOException may be
 * transient; an {@link EdgeRefusal} is final.
 */
final class OperatorClient {
  private static final int OK = 200;
  private static final int ACCEPTED = 202;
  private static final int NO_CONTENT = 204;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Site site;
  private final OperatorHttp http;

  OperatorClient(Site site) {
    this.site = requireNonNull(site, "site is null");
    this.http = new OperatorHttp(site.tokens());
  }

  /** A page of failed tasks. */
  JsonNode failedTasks(Selection selection, Optional<String> cursor)
      throws IOException, InterruptedException, EdgeRefusal, StackFailure {
    StringBuilder path = new StringBuilder("/operator/failed-tasks?");
    selection.code().ifPresent(code -> path.append("code=").append(encoded(code)).append('&'));
    selection.since().ifPresent(since -> path.append("since=").append(since).append('&'));
    cursor.ifPresent(value -> path.append("cursor=").append(encoded(value)));
    return http.json(recovery(path.toString()).GET());
  }

  /** How a task stands. */
  JsonNode task(String taskId) throws IOException, InterruptedException, EdgeRefusal, StackFailure {
    return http.json(recovery("/operator/tasks/" + taskId).GET());
  }

  /** Records an operation before its first command; false if there is another one of that id. */
  boolean begin(String operationId, ObjectNode operation)
      throws IOException, InterruptedException, EdgeRefusal, StackFailure {
    HttpResponse<String> answer =
        http.send(
            recovery("/operator/operations/" + operationId)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(operation.toString())));
    return switch (answer.statusCode()) {
      case NO_CONTENT -> true;
      case CONFLICT -> false;
      default -> throw OperatorHttp.unexpected(answer);
    };
  }

  /** An operation with its tasks and their results; empty if it was never begun. */
  Optional<JsonNode> operation(String operationId)
      throws IOException, InterruptedException, EdgeRefusal, StackFailure {
    HttpResponse<String> answer =
        http.send(recovery("/operator/operations/" + operationId + "/tasks").GET());
    return switch (answer.statusCode()) {
      case OK -> Optional.of(JSON.readTree(answer.body()));
      case NOT_FOUND -> Optional.empty();
      default -> throw OperatorHttp.unexpected(answer);
    };
  }

  /**
   * Has the task's coordinator redrive it, once for each operation.
   *
   * @return why the edge refuses, as its problem's code; empty if it does not
   */
  Optional<String> redrive(String taskId, String operationId)
      throws IOException, InterruptedException, EdgeRefusal, StackFailure {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("command", "redrive")
            .put("operationId", operationId);
    HttpResponse<String> answer =
        http.send(
            http.request(
                    site.edge(), "/internal/v1/tasks/" + taskId + "/commands", site.edgeAudience())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString())));
    if (answer.statusCode() == ACCEPTED) {
      return Optional.empty();
    }
    Optional<String> code = problemCode(answer);
    // Of a task; a wrong address has a code of its own.
    boolean refused = answer.statusCode() == CONFLICT || code.equals(Optional.of("unknown_task"));
    if (refused && code.isPresent()) {
      return code;
    }
    throw OperatorHttp.unexpected(answer);
  }

  private HttpRequest.Builder recovery(String path) throws StackFailure, InterruptedException {
    return http.request(site.recovery(), path);
  }

  private static Optional<String> problemCode(HttpResponse<String> answer) {
    try {
      return Optional.ofNullable(JSON.readTree(answer.body()).path("code").textValue());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
