package dev.in.emulator;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.in.emulator.counters.Counters;
import dev.in.emulator.faults.CallerKill;
import dev.in.emulator.faults.Effect;
import dev.in.emulator.faults.Faults;
import dev.in.emulator.service.ErrorResponses;
import dev.in.emulator.service.ServiceEmulator;
import dev.in.emulator.time.Timers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Precedes every service: names each call, counts it, and applies fault rules. */
final class CallFaults implements DecoratingHttpServiceFunction {
  /** The paths for tools: neither counted nor affected by rules. */
  static final String TOOLS = "/_in/";

  /** The name of what no service knows. */
  private static final String UNKNOWN = "unknown";

  private final List<ServiceEmulator> services;
  private final Counters counters;
  private final Faults faults;
  private final Timers timers;

  CallFaults(List<ServiceEmulator> services, Counters counters, Faults faults, Timers timers) {
    this.services = services;
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
        yield ErrorResponses.answer(request, injected(code));
      }
      case Effect.FailAfter(io.grpc.Status.Code code) ->
          ErrorResponses.insteadOf(next.serve(context, request), context, request, injected(code));
      case Effect.KillBefore() -> {
        request.subscribe();
        yield ErrorResponses.unanswered(kill(context));
      }
      case Effect.KillAfter() ->
          ErrorResponses.unanswered(
              ErrorResponses.done(next.serve(context, request), context)
                  .thenCompose(done -> kill(context)));
      case Effect.Delay(Duration by) -> delayed(by, next, context, request);
      case Effect.Hang() -> HttpResponse.of(new CompletableFuture<HttpResponse>());
    };
  }

  private static io.grpc.Status injected(io.grpc.Status.Code code) {
    return code.toStatus().withDescription("made to fail by a rule of the local cloud");
  }

  private static CompletableFuture<Void> kill(ServiceRequestContext context) {
    return CallerKill.kill(context.remoteAddress(), context.localAddress());
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
    if (ErrorResponses.isGrpc(headers)) {
      return headers.path().substring(1);
    }
    return services.stream()
        .map(service -> service.callName(headers))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(UNKNOWN);
  }
}
