package dev.in.runner.stack;

import dev.in.runner.process.Liveness;
import dev.in.runner.process.StackFailure;
import dev.in.runner.process.StartingChild;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Checks components by HTTP: 200 is healthy. */
final class HealthChecks {
  private static final int OK = 200;
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

  private static final Duration LIVENESS_TIMEOUT = Duration.ofSeconds(3);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(ANSWER_TIMEOUT)
          .build();

  /** Asks until the answer is 200; a child that does not come to it in time is ended. */
  void awaitReady(StartingChild<?> started, URI question, Duration time)
      throws StackFailure, InterruptedException {
    long deadline = System.nanoTime() + time.toNanos();
    HttpRequest request = HttpRequest.newBuilder(question).timeout(ANSWER_TIMEOUT).build();
    String last = "";
    while (System.nanoTime() < deadline) {
      if (!started.child().isAlive()) {
        throw started.failure("ended while it started");
      }
      try {
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() == OK) {
          return;
        }
        last = ", its last answer was " + answer.statusCode() + " " + answer.body().strip();
      } catch (IOException e) {
        // Not listening yet, or not any more; the next round finds out.
        last = "";
      }
      Thread.sleep(PAUSE);
    }
    throw started.late(time, last);
  }

  /** One check of a process that has been ready before. */
  Liveness liveness(URI question) throws InterruptedException {
    try {
      HttpRequest request = HttpRequest.newBuilder(question).timeout(LIVENESS_TIMEOUT).build();
      int status = client.send(request, BodyHandlers.discarding()).statusCode();
      return status == OK ? Liveness.ALIVE : Liveness.UNHEALTHY;
    } catch (HttpConnectTimeoutException e) {
      return Liveness.UNHEALTHY;
    } catch (ConnectException e) {
      return Liveness.NOT_LISTENING;
    } catch (IOException e) {
      return Liveness.UNHEALTHY;
    }
  }
}
