package dev.in.emulator;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.in.emulator.service.ErrorResponses;
import io.grpc.Status;
import java.util.regex.Pattern;

/**
 * Rejects requests for another host and from pages of another origin. The server listens on the
 * loopback interface alone, but a page of any site may have its browser send requests there, or
 * have its own name resolve to 127.0.0.1.
 */
final class LocalRequests implements DecoratingHttpServiceFunction {
  private static final String HOST = "(?:localhost|127\\.0\\.0\\.1|\\[::1])(?::\\d+)?";
  private static final Pattern LOCAL_HOST = Pattern.compile(HOST);
  private static final Pattern LOCAL_ORIGIN = Pattern.compile("https?://" + HOST);

  @Override
  public HttpResponse serve(HttpService next, ServiceRequestContext context, HttpRequest request)
      throws Exception {
    String host = request.headers().authority();
    if (host == null || !LOCAL_HOST.matcher(host).matches()) {
      return rejected(request, "host " + host);
    }
    String origin = request.headers().get(HttpHeaderNames.ORIGIN);
    if (origin != null && !LOCAL_ORIGIN.matcher(origin).matches()) {
      return rejected(request, "origin " + origin);
    }
    return next.serve(context, request);
  }

  private static HttpResponse rejected(HttpRequest request, String what) {
    request.subscribe();
    return ErrorResponses.answer(
        request,
        Status.PERMISSION_DENIED.withDescription(
            "the local cloud takes requests of this machine only, not of " + what));
  }
}
