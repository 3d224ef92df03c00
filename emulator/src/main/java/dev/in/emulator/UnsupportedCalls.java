package dev.in.emulator;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.in.emulator.service.ErrorResponses;
import io.grpc.Status;

/** Answers what no service knows: UNIMPLEMENTED, with the path. */
final class UnsupportedCalls implements HttpService {

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    request.subscribe();
    String call =
        ErrorResponses.isGrpc(request.headers())
            ? context.path().substring(1)
            : request.method() + " " + context.path();
    return ErrorResponses.answer(
        request, Status.UNIMPLEMENTED.withDescription("the local cloud does not support " + call));
  }
}
