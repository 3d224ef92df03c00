package dev.in.coordinator;

import dev.in.coordinator.UpdateAnswer.Accepted;
import dev.in.coordinator.UpdateAnswer.NotAuthorized;
import dev.in.coordinator.UpdateAnswer.Refused;
import dev.in.coordinator.UpdateAnswer.Unavailable;
import dev.in.coordinator.UpdateAnswer.UnknownTask;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The result of one attempt.
 *
 * @param body of the response, at most the first {@link LimitedBody#LIMIT} bytes
 * @param retryAfter how long the edge asks us to stay away
 */
record Reply(UpdateAnswer answer, Optional<Duration> retryAfter, byte[] body) {
  /** The code by which the coordinators' own 404 differs from that of a wrong address. */
  private static final String UNKNOWN_TASK = "unknown_task";

  static Reply of(UpdateAnswer answer) {
    return new Reply(answer, Optional.empty(), new byte[0]);
  }

  static Reply of(HttpResponse<byte[]> response, int success) {
    return new Reply(
        answer(response, success),
        response
            .headers()
            .firstValue("Retry-After")
            .flatMap(header -> RetryPolicy.retryAfter(header, Instant.now())),
        response.body());
  }

  private static UpdateAnswer answer(HttpResponse<byte[]> response, int success) {
    int status = response.statusCode();
    if (status == success) {
      return new Accepted();
    }
    return switch (status) {
      case 404 -> isUnknownTask(response) ? new UnknownTask() : unavailable(status);
      case 400, 413, 422 -> new Refused(status, detail(response));
      case 401, 403 -> new NotAuthorized(status, detail(response));
      default -> unavailable(status);
    };
  }

  /** Not the coordinator's own response but a proxy's, or a wrong address's: it decides nothing. */
  private static UpdateAnswer unavailable(int status) {
    return new Unavailable("the edge answered " + status);
  }

  private static boolean isUnknownTask(HttpResponse<byte[]> response) {
    return UpdateJson.problemCode(response.body()).equals(Optional.of(UNKNOWN_TASK));
  }

  private static String detail(HttpResponse<byte[]> response) {
    return UpdateJson.problemDetail(response.body()).orElse("");
  }
}
