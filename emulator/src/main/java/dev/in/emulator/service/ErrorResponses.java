package dev.in.emulator.service;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.stream.ClosedStreamException;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.grpc.GrpcService;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import java.util.concurrent.CompletableFuture;

/** Answers that carry an error, over gRPC or REST. */
public final class ErrorResponses {
  private static final String GRPC = "application/grpc";

  private ErrorResponses() {}

  public static boolean isGrpc(RequestHeaders headers) {
    return headers.get(HttpHeaderNames.CONTENT_TYPE, "").startsWith(GRPC);
  }

  /** An error in the form of gRPC or of REST, as the request was made. */
  public static HttpResponse answer(HttpRequest request, Status status) {
    if (!isGrpc(request.headers())) {
      return GoogleErrors.json(status);
    }
    return HttpResponse.of(
        ResponseHeaders.builder(HttpStatus.OK)
            .endOfStream(true)
            .set(HttpHeaderNames.CONTENT_TYPE, GRPC)
            .setInt("grpc-status", status.getCode().value())
            .set("grpc-message", status.getDescription())
            .build());
  }

  /** Lets the call do all it does, and answers an error when it is done. */
  public static HttpResponse insteadOf(
      HttpResponse truth, ServiceRequestContext context, HttpRequest request, Status status) {
    return HttpResponse.of(done(truth, context).handle((done, failure) -> answer(request, status)));
  }

  /** Completes when the call has done all it does. */
  public static CompletableFuture<?> done(HttpResponse truth, ServiceRequestContext context) {
    return isEndless(context) ? FirstResponse.of(truth) : truth.aggregate();
  }

  /** No answer, since nobody is left to read one; the connection ends with its process. */
  public static HttpResponse unanswered(CompletableFuture<?> end) {
    return HttpResponse.of(
        end.handle(
            (done, failure) ->
                HttpResponse.ofFailure(failure == null ? ClosedStreamException.get() : failure)));
  }

  /** A stream in both directions ends when its client does; its first answer is the one lost. */
  private static boolean isEndless(ServiceRequestContext context) {
    GrpcService grpc = context.config().service().as(GrpcService.class);
    return grpc != null
        && grpc.methodDefinition(context) != null
        && grpc.methodDefinition(context).getMethodDescriptor().getType()
            == MethodType.BIDI_STREAMING;
  }
}
