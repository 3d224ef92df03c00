package dev.in.runner.forget;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.in.runner.edge.EdgeRefusal;
import dev.in.runner.edge.RetryPolicy;
import dev.in.runner.operator.OperatorHttp;
import dev.in.runner.process.StackFailure;
import dev.in.runner.redrive.Site;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * Deletes an account, or a task, at the edge, and waits until that is done. The edge goes on by
 * itself, whatever becomes of this process; the same operation again is still one.
 */
public final class Forget {
  private static final int ACCEPTED = 202;
  private static final int NOT_FOUND = 404;
  private static final Duration POLL_INTERVAL = Duration.ofMillis(500);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Site site;
  private final OperatorHttp http;
  private final RetryPolicy retries;

  /**
   * @param retries how long a call is repeated while nobody answers
   */
  public Forget(Site site, RetryPolicy retries) {
    this.site = requireNonNull(site, "site is null");
    this.http = new OperatorHttp(site.tokens());
    this.retries = requireNonNull(retries, "retries is null");
  }

  /**
   * Deletes an owner's account.
   *
   * @param timeout how long its end is awaited
   * @return the deletion as the edge has described it last, finished or not
   */
  public JsonNode owner(String owner, String operationId, Duration timeout)
      throws StackFailure, InterruptedException, EdgeRefusal {
    String path = "/internal/v1/accounts/" + owner + "/deletion";
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("operationId", operationId);
    JsonNode deletion = retries.call(() -> JSON.readTree(accepted(post(path, body)).body()));
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!isFinished(deletion) && System.nanoTime() < deadline) {
      Thread.sleep(POLL_INTERVAL);
      deletion =
          retries.call(() -> http.json(http.request(site.edge(), path, site.edgeAudience()).GET()));
    }
    return deletion;
  }

  /** Whether nothing of the account is left but what the deletion says. */
  public static boolean isFinished(JsonNode deletion) {
    return deletion.path("status").asText().equals("deleted");
  }

  /**
   * Deletes a task.
   *
   * @param timeout how long the end is awaited
   * @return how the task's document stands in the end, {@code deleted} if all went well; empty if
   *     the edge knows no such task
   */
  public Optional<String> task(String taskId, String operationId, Duration timeout)
      throws StackFailure, InterruptedException, EdgeRefusal {
    String path = "/internal/v1/tasks/" + taskId + "/commands";
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("command", "delete")
            .put("operationId", operationId);
    if (!retries.call(() -> isAccepted(post(path, body)))) {
      return Optional.empty();
    }
    long deadline = System.nanoTime() + timeout.toNanos();
    String status = status(taskId);
    while (!status.equals("deleted") && System.nanoTime() < deadline) {
      Thread.sleep(POLL_INTERVAL);
      status = status(taskId);
    }
    return Optional.of(status);
  }

  private String status(String taskId) throws StackFailure, InterruptedException, EdgeRefusal {
    return retries
        .call(() -> http.json(http.request(site.recovery(), "/operator/tasks/" + taskId).GET()))
        .path("status")
        .asText();
  }

  private HttpResponse<String> post(String path, ObjectNode body)
      throws IOException, InterruptedException, StackFailure {
    HttpRequest.Builder request =
        http.request(site.edge(), path, site.edgeAudience())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body.toString()));
    return http.send(request);
  }

  private static boolean isAccepted(HttpResponse<String> answer) throws IOException, EdgeRefusal {
    boolean isUnknown =
        answer.statusCode() == NOT_FOUND
            && JSON.readTree(answer.body()).path("code").asText().equals("unknown_task");
    if (isUnknown) {
      return false;
    }
    accepted(answer);
    return true;
  }

  private static HttpResponse<String> accepted(HttpResponse<String> answer)
      throws IOException, EdgeRefusal {
    if (answer.statusCode() != ACCEPTED) {
      throw OperatorHttp.unexpected(answer);
    }
    return answer;
  }
}
