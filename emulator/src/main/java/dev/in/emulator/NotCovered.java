package dev.in.emulator;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.Status;

/** Answers what no part knows: UNIMPLEMENTED, with the path. */
final class NotCovered implements HttpService {

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    request.subscribe();
    if (FailedCall.isGrpc(request.headers())) {
      return FailedCall.answer(request, Status.Code.UNIMPLEMENTED);
    }
    return GoogleErrors.json(
        Status.UNIMPLEMENTED.withDescription(
            "the local cloud does not cover " + request.method() + " " + context.path()));
  }
}
