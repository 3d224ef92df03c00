package dev.in.emulator.pubsub;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import com.google.pubsub.v1.PubsubMessage;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.in.emulator.pubsub.delivery.SubscriptionStats;
import dev.in.emulator.service.GoogleErrors;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code /_in/pubsub}: the same view as JSON, for other processes. */
final class PubSubEndpoint {
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().omittingInsignificantWhitespace();

  private final PubSubView view;

  PubSubEndpoint(PubSubView view) {
    this.view = view;
  }

  void install(ServerBuilder server) {
    server.service("/_in/pubsub", (context, request) -> subscriptions());
    server.service("/_in/pubsub/topics/{topic}/messages", this::messages);
  }

  private HttpResponse subscriptions() {
    Map<String, Object> subscriptions = new LinkedHashMap<>();
    view.stats().forEach((id, stats) -> subscriptions.put(id, json(stats)));
    return HttpResponse.ofJson(Map.of("topics", view.topics(), "subscriptions", subscriptions));
  }

  private static Map<String, Object> json(SubscriptionStats stats) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("backlog", stats.backlog());
    json.put("outstanding", stats.outstanding());
    stats.oldestUnacked().ifPresent(age -> json.put("oldestUnackedSeconds", seconds(age)));
    json.put("deliveries", stats.deliveries());
    json.put("acks", stats.acks());
    json.put("nacks", stats.nacks());
    json.put("expirations", stats.expirations());
    json.put("deadLettered", stats.deadLettered());
    stats.pushWindow().ifPresent(window -> json.put("pushWindow", window));
    stats.pausedUntil().ifPresent(until -> json.put("pausedUntil", until.toString()));
    return json;
  }

  private static double seconds(Duration age) {
    return age.toMillis() / 1000.0;
  }

  private HttpResponse messages(ServiceRequestContext context, HttpRequest request) {
    try {
      List<PubsubMessage> messages = view.published(context.pathParam("topic"));
      return HttpResponse.of(
          HttpStatus.OK,
          MediaType.JSON_UTF_8,
          messages.stream().map(PubSubEndpoint::json).collect(Collectors.joining(",", "[", "]")));
    } catch (StatusRuntimeException e) {
      return GoogleErrors.json(Status.fromThrowable(e));
    }
  }

  private static String json(PubsubMessage message) {
    try {
      return PRINTER.print(message);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a message has no JSON form", e);
    }
  }
}
