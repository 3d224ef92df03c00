package dev.in.runner.stats;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.in.runner.edge.EdgeRefusal;
import dev.in.runner.edge.RetryPolicy;
import dev.in.runner.operator.FunctionAddress;
import dev.in.runner.operator.LocalTokens;
import dev.in.runner.operator.OperatorHttp;
import dev.in.runner.operator.OperatorTokens;
import dev.in.runner.process.StackFailure;
import dev.in.runner.status.StackInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** Asks the function analytics what the history counts. */
public final class StatisticsClient {
  public static final String FUNCTION = "analytics";

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final FunctionAddress analytics;
  private final OperatorHttp http;
  private final RetryPolicy retries;

  /**
   * @param notes receives a sentence for people while analytics does not answer
   */
  public StatisticsClient(
      FunctionAddress analytics, OperatorTokens tokens, Consumer<String> notes) {
    this.analytics = requireNonNull(analytics, "analytics is null");
    this.http = new OperatorHttp(tokens);
    this.retries = new RetryPolicy(TIMEOUT, notes);
  }

  /** Of a stack on this machine. */
  public static StatisticsClient of(StackInfo stack, Consumer<String> notes) throws StackFailure {
    return new StatisticsClient(
        stack.address(FUNCTION), new LocalTokens(stack.operator().tokens()), notes);
  }

  /**
   * From the hour of that time on, with what is not rolled up yet.
   *
   * @param time on the hour
   */
  public StatsReport since(Instant time) throws StackFailure, InterruptedException {
    try {
      JsonNode answer =
          retries.call(
              () -> http.json(http.request(analytics, "/operator/statistics?since=" + time).GET()));
      return StatsReport.read(time, answer);
    } catch (EdgeRefusal refusal) {
      throw new StackFailure("analytics refuses: " + refusal.getMessage(), refusal);
    }
  }
}
