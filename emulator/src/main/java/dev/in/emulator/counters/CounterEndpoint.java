package dev.in.emulator.counters;

import static java.util.Objects.requireNonNull;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;

/** {@code /_in/counters}: GET all counts as one JSON object, DELETE to start at zero. */
public final class CounterEndpoint implements HttpService {
  private final Counters counters;

  public CounterEndpoint(Counters counters) {
    this.counters = requireNonNull(counters, "counters is null");
  }

  public void install(ServerBuilder server) {
    server.service("/_in/counters", this);
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    if (request.method() == HttpMethod.DELETE) {
      counters.reset();
      return HttpResponse.of(HttpStatus.NO_CONTENT);
    }
    return request.method() == HttpMethod.GET
        ? HttpResponse.ofJson(counters.snapshot())
        : HttpResponse.of(HttpStatus.METHOD_NOT_ALLOWED);
  }
}
