package dev.in.runner.replay;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.in.runner.edge.EdgeRefusal;
import dev.in.runner.operator.OperatorHttp;
import dev.in.runner.process.StackFailure;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a replay asks of {@code log-enhancer} and of its consumer, each call made once. An
 * IOException may be transient; an {@link EdgeRefusal} is final.
 */
final class HistoryClient {
  private static final int PAGE_SIZE = 100;
  private static final int NO_CONTENT = 204;
  private static final int BAD_REQUEST = 400;
  private static final int TOO_LARGE = 413;

  private final ReplaySite site;
  private final OperatorHttp http;

  HistoryClient(ReplaySite site) {
    this.site = requireNonNull(site, "site is null");
    this.http = new OperatorHttp(site.tokens());
  }

  /**
   * @param shards how many shards the history has
   * @param nextAfter what the next page comes behind; empty after the last
   */
  record Page(int shards, List<ReplayedEvent> events, Optional<String> nextAfter) {
    Page {
      events = List.copyOf(events);
    }
  }

  /** A page of one shard. */
  Page page(int shard, String after, Instant until)
      throws IOException, InterruptedException, EdgeRefusal, StackFailure {
    String path =
        "/operator/history?shard=%d&after=%s&until=%s&limit=%d"
            .formatted(shard, URLEncoder.encode(after, StandardCharsets.UTF_8), until, PAGE_SIZE);
    JsonNode json = http.json(http.request(site.history(), path).GET());
    List<ReplayedEvent> events = new ArrayList<>();
    json.path("items").forEach(item -> events.add(ReplayedEvent.read(item)));
    return new Page(
        json.path("shards").asInt(),
        events,
        Optional.ofNullable(json.path("nextAfter").textValue()));
  }

  /**
   * Sends an event to the consumer.
   *
   * @return whether the consumer has acked it; false if it can never take it
   */
  boolean replay(ReplayedEvent event, String subscription)
      throws IOException, InterruptedException, EdgeRefusal, StackFailure {
    HttpResponse<String> answer =
        http.send(
            http.request(site.consumer(), "/operator/replay")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(event.push(subscription))));
    return switch (answer.statusCode()) {
      case NO_CONTENT -> true;
      case BAD_REQUEST, TOO_LARGE -> false;
      default -> throw OperatorHttp.unexpected(answer);
    };
  }
}
