package dev.in.emulator.pubsub.api;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import com.linecorp.armeria.common.HttpMethod;
import dev.in.emulator.pubsub.config.Checks;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One REST method: an HTTP method and a path that stand for a gRPC call, as the proto's {@code
 * google.api.http} annotations say.
 *
 * @param rpc the call's name in Google's REST form, such as {@code pubsub.projects.topics.publish}
 * @param path its one group is the resource's name
 * @param nameField the request's field that takes the resource's name
 */
record RestMethod<Q extends Message, A extends Message>(
    String rpc,
    HttpMethod http,
    Pattern path,
    Q prototype,
    String nameField,
    BiConsumer<Q, StreamObserver<A>> call) {

  private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();

  boolean matches(HttpMethod method, String requested) {
    return method == http && path.matcher(requested).matches();
  }

  /** The resource that the path names. */
  String resource(String requested) {
    Matcher matcher = path.matcher(requested);
    return matcher.matches() ? matcher.group(1) : "";
  }

  /**
   * Makes the gRPC call.
   *
   * @param json the body; empty for none
   */
  CompletableFuture<Message> invoke(String requested, String json) {
    FutureObserver<A> observer = new FutureObserver<>();
    call.accept(request(requested, json), observer);
    return observer.answer().thenApply(answer -> answer);
  }

  private Q request(String requested, String json) {
    Message.Builder builder = prototype.newBuilderForType();
    merge(json, builder);
    FieldDescriptor name = builder.getDescriptorForType().findFieldByName(nameField);
    builder.setField(name, resource(requested));
    @SuppressWarnings("unchecked") // Built from a Q.
    Q request = (Q) builder.build();
    return request;
  }

  /**
   * Reads a body, or refuses it with INVALID_ARGUMENT.
   *
   * @param json empty for none
   */
  static void merge(String json, Message.Builder builder) {
    try {
      if (!json.isBlank()) {
        PARSER.merge(json, builder);
      }
    } catch (InvalidProtocolBufferException e) {
      throw Checks.invalid("Invalid JSON payload received: " + e.getMessage());
    }
  }

  private record FutureObserver<A>(CompletableFuture<A> answer) implements StreamObserver<A> {
    FutureObserver() {
      this(new CompletableFuture<>());
    }

    @Override
    public void onNext(A value) {
      answer.complete(value);
    }

    @Override
    public void onError(Throwable failure) {
      answer.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
      answer.completeExceptionally(new IllegalStateException("the call has no answer"));
    }
  }
}
