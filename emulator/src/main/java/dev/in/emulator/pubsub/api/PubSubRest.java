package dev.in.emulator.pubsub.api;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.ListValue;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import com.google.pubsub.v1.AcknowledgeRequest;
import com.google.pubsub.v1.ModifyPushConfigRequest;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.in.emulator.pubsub.config.ResourceNames;
import dev.in.emulator.service.GoogleErrors;
import io.grpc.Status;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Pub/Sub's REST API, as far as it is used: each method hands on to the gRPC service. */
public final class PubSubRest implements HttpService {
  /** All of it lives below. */
  public static final String PREFIX = "/v1/projects/";

  private static final String PUBLISH = "pubsub.projects.topics.publish";
  private static final String TEST_PERMISSIONS = "pubsub.projects.topics.testIamPermissions";
  private static final String PERMISSIONS = "permissions";
  private static final String TOPIC = "topics/[^/:]+";
  private static final Pattern TEST_PERMISSIONS_PATH = path(TOPIC, ":testIamPermissions");
  private static final JsonFormat.Printer PRINTER = JsonFormat.printer();

  private final RestAccess access;
  private final List<RestMethod<?, ?>> methods;

  public PubSubRest(PublisherService publisher, SubscriberService subscriber, RestAccess access) {
    this.access = access;
    String subscription = "subscriptions/[^/:]+";
    this.methods =
        List.of(
            new RestMethod<>(
                PUBLISH,
                HttpMethod.POST,
                path(TOPIC, ":publish"),
                PublishRequest.getDefaultInstance(),
                "topic",
                publisher::publish),
            new RestMethod<>(
                "pubsub.projects.topics.create",
                HttpMethod.PUT,
                path(TOPIC, ""),
                Topic.getDefaultInstance(),
                "name",
                publisher::createTopic),
            new RestMethod<>(
                "pubsub.projects.subscriptions.create",
                HttpMethod.PUT,
                path(subscription, ""),
                Subscription.getDefaultInstance(),
                "name",
                subscriber::createSubscription),
            new RestMethod<>(
                "pubsub.projects.subscriptions.pull",
                HttpMethod.POST,
                path(subscription, ":pull"),
                PullRequest.getDefaultInstance(),
                "subscription",
                subscriber::pull),
            new RestMethod<>(
                "pubsub.projects.subscriptions.acknowledge",
                HttpMethod.POST,
                path(subscription, ":acknowledge"),
                AcknowledgeRequest.getDefaultInstance(),
                "subscription",
                subscriber::acknowledge),
            new RestMethod<>(
                "pubsub.projects.subscriptions.modifyPushConfig",
                HttpMethod.POST,
                path(subscription, ":modifyPushConfig"),
                ModifyPushConfigRequest.getDefaultInstance(),
                "subscription",
                subscriber::modifyPushConfig));
  }

  private static Pattern path(String resource, String verb) {
    return Pattern.compile("/v1/(projects/[^/]+/" + resource + ")" + verb);
  }

  public Optional<String> callName(RequestHeaders request) {
    String path = withoutQuery(request.path());
    return asksForPermissions(request.method(), path)
        ? Optional.of(TEST_PERMISSIONS)
        : find(request.method(), path).map(RestMethod::rpc);
  }

  /** The one method that is no call of the gRPC services: it asks {@link RestAccess}. */
  private static boolean asksForPermissions(HttpMethod method, String path) {
    return method == HttpMethod.POST && TEST_PERMISSIONS_PATH.matcher(path).matches();
  }

  private HttpResponse permissions(String path, AggregatedHttpRequest request) {
    Struct.Builder asked = Struct.newBuilder();
    RestMethod.merge(request.contentUtf8(), asked);
    Matcher topic = TEST_PERMISSIONS_PATH.matcher(path);
    String id = topic.matches() ? ResourceNames.id(topic.group(1)) : "";
    List<String> permissions =
        asked
            .getFieldsOrDefault(PERMISSIONS, Value.getDefaultInstance())
            .getListValue()
            .getValuesList()
            .stream()
            .map(Value::getStringValue)
            .toList();
    ListValue.Builder granted = ListValue.newBuilder();
    access
        .granted(request.headers(), id, permissions)
        .forEach(one -> granted.addValues(Value.newBuilder().setStringValue(one)));
    Struct.Builder answer = Struct.newBuilder();
    // As Google leaves out what is empty.
    if (granted.getValuesCount() > 0) {
      answer.putFields(PERMISSIONS, Value.newBuilder().setListValue(granted).build());
    }
    return json(answer.build());
  }

  private Optional<RestMethod<?, ?>> find(HttpMethod method, String path) {
    return methods.stream().filter(one -> one.matches(method, path)).findFirst();
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    return HttpResponse.of(
        request
            .aggregate()
            .thenComposeAsync(
                whole -> answer(context.decodedPath(), whole), context.blockingTaskExecutor()));
  }

  private CompletableFuture<HttpResponse> answer(String path, AggregatedHttpRequest request) {
    CompletableFuture<Message> answer;
    try {
      if (asksForPermissions(request.method(), path)) {
        return CompletableFuture.completedFuture(permissions(path, request));
      }
      RestMethod<?, ?> method =
          find(request.method(), path)
              .orElseThrow(
                  () ->
                      Status.UNIMPLEMENTED
                          .withDescription(
                              "the local cloud does not support " + request.method() + " " + path)
                          .asRuntimeException());
      access.check(
          request.headers(),
          Optional.of(ResourceNames.id(method.resource(path)))
              .filter(id -> method.rpc().equals(PUBLISH)));
      answer = method.invoke(path, request.contentUtf8());
    } catch (RuntimeException refused) {
      answer = CompletableFuture.failedFuture(refused);
    }
    return answer.handle(
        (message, failure) ->
            failure == null ? json(message) : GoogleErrors.json(Status.fromThrowable(failure)));
  }

  private static HttpResponse json(Message message) {
    try {
      return HttpResponse.of(HttpStatus.OK, MediaType.JSON_UTF_8, PRINTER.print(message));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("an answer has no JSON form", e);
    }
  }

  private static String withoutQuery(String path) {
    return path.split("\\?", 2)[0];
  }
}
