package dev.in.runner.stack;

import dev.in.runner.process.StackFailure;
import dev.in.runner.process.StartingChild;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Waits until a component's readiness endpoint answers 200. */
final class Readiness {
  private static final int OK = 200;
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(ANSWER_TIMEOUT)
          .build();

  /** Asks until the answer is 200; a child that does not come to it in time is ended. */
  void await(StartingChild<?> started, URI question, Duration time)
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
}
