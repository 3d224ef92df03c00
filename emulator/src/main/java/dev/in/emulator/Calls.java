package dev.in.emulator;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.in.emulator.counters.Counters;
import dev.in.emulator.faults.Effect;
import dev.in.emulator.faults.Faults;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Stands before every service: names each call, counts it, and makes it go wrong where told. */
final class Calls implements DecoratingHttpServiceFunction {
  /** Tools' own pages: neither counted nor hit. */
  static final String TOOLS = "/_in/";

  /** What nobody has a name for. */
  private static final String UNKNOWN = "unknown";

  private final List<CloudPart> parts;
  private final Counters counters;
  private final Faults faults;
  private final Timers timers;

  Calls(List<CloudPart> parts, Counters counters, Faults faults, Timers timers) {
    this.parts = parts;
    this.counters = counters;
    this.faults = faults;
    this.timers = timers;
  }

  @Override
  public HttpResponse serve(HttpService next, ServiceRequestContext context, HttpRequest request)
      throws Exception {
    if (context.path().startsWith(TOOLS)) {
      return next.serve(context, request);
    }
    String name = name(request.headers());
    counters.add(name, 1);
    Optional<Effect.OnCall> effect = faults.onCall(name);
    return effect.isEmpty()
        ? next.serve(context, request)
        : hit(effect.get(), next, context, request);
  }

  private HttpResponse hit(
      Effect.OnCall effect, HttpService next, ServiceRequestContext context, HttpRequest request)
      throws Exception {
    return switch (effect) {
      case Effect.FailBefore(io.grpc.Status.Code code) -> {
        // What is still coming in is read and thrown away, so that the connection can be kept.
        request.subscribe();
        yield FailedCall.answer(request, code);
      }
      case Effect.FailAfter(io.grpc.Status.Code code) ->
          FailedCall.insteadOf(next.serve(context, request), context, request, code);
      case Effect.Delay(Duration by) -> delayed(by, next, context, request);
      case Effect.Hang() -> HttpResponse.of(new CompletableFuture<HttpResponse>());
    };
  }

  private HttpResponse delayed(
      Duration by, HttpService next, ServiceRequestContext context, HttpRequest request) {
    CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
    timers.after(
        by,
        () ->
            context
                .eventLoop()
                .execute(
                    () -> {
                      try {
                        answer.complete(next.serve(context, request));
                      } catch (Exception e) {
                        answer.completeExceptionally(e);
                      }
                    }));
    return HttpResponse.of(answer);
  }

  private String name(RequestHeaders headers) {
    if (FailedCall.isGrpc(headers)) {
      return headers.path().substring(1);
    }
    return parts.stream()
        .map(part -> part.callName(headers))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(UNKNOWN);
  }
}
