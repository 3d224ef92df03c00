package dev.in.runner.operator;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.in.runner.edge.EdgeRefusal;
import dev.in.runner.process.StackFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Calls functions and the edge as an operator, each call made once. An IOException may be
 * transient; an {@link EdgeRefusal} is final.
 */
public final class OperatorHttp {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** As long as a function may work on a request. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(120);

  private static final int OK = 200;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final OperatorTokens tokens;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();

  public OperatorHttp(OperatorTokens tokens) {
    this.tokens = requireNonNull(tokens, "tokens is null");
  }

  /** A request to a function, with a token that it takes. */
  public HttpRequest.Builder request(FunctionAddress function, String path)
      throws StackFailure, InterruptedException {
    return request(function.uri(), path, function.audience());
  }

  /** A request with a token for that audience. */
  public HttpRequest.Builder request(URI base, String path, String audience)
      throws StackFailure, InterruptedException {
    return HttpRequest.newBuilder(base.resolve(path))
        .timeout(ANSWER_TIMEOUT)
        .header("Authorization", "Bearer " + tokens.token(audience));
  }

  public HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  /** The JSON of an answer that must be 200. */
  public JsonNode json(HttpRequest.Builder request)
      throws IOException, InterruptedException, EdgeRefusal {
    HttpResponse<String> answer = send(request);
    if (answer.statusCode() != OK) {
      throw unexpected(answer);
    }
    return JSON.readTree(answer.body());
  }

  /**
   * What an answer means that nobody expects.
   *
   * @throws IOException if it may be transient
   */
  public static EdgeRefusal unexpected(HttpResponse<String> answer) throws IOException {
    int status = answer.statusCode();
    String detail = "%s answers %d".formatted(answer.uri(), status);
    if (status >= 400 && status < 500 && status != TOO_MANY_REQUESTS) {
      return new EdgeRefusal(status, detail);
    }
    throw new IOException(detail);
  }
}
