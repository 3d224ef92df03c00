package dev.in.emulator.faults;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.in.emulator.service.GoogleErrors;
import io.grpc.Status;
import java.util.Map;

/** {@code /_in/faults}: GET the rules, POST one, DELETE all; {@code /_in/faults/ID}: DELETE one. */
public final class FaultEndpoint {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Faults faults;

  public FaultEndpoint(Faults faults) {
    this.faults = requireNonNull(faults, "faults is null");
  }

  public void install(ServerBuilder server) {
    server.service("/_in/faults", this::rules);
    server.service("/_in/faults/{id}", this::rule);
  }

  private HttpResponse rules(ServiceRequestContext context, HttpRequest request) {
    if (request.method() == HttpMethod.GET) {
      return HttpResponse.ofJson(faults.active().stream().map(FaultJson::write).toList());
    }
    if (request.method() == HttpMethod.DELETE) {
      faults.clear();
      return HttpResponse.of(HttpStatus.NO_CONTENT);
    }
    return request.method() == HttpMethod.POST
        ? HttpResponse.of(request.aggregate().thenApply(whole -> add(whole.contentUtf8())))
        : HttpResponse.of(HttpStatus.METHOD_NOT_ALLOWED);
  }

  private HttpResponse add(String body) {
    try {
      String id = faults.add(FaultJson.read(JSON.readTree(body)));
      return HttpResponse.ofJson(HttpStatus.CREATED, Map.of("id", id));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return GoogleErrors.json(Status.INVALID_ARGUMENT.withDescription(e.getMessage()));
    }
  }

  private HttpResponse rule(ServiceRequestContext context, HttpRequest request) {
    if (request.method() != HttpMethod.DELETE) {
      return HttpResponse.of(HttpStatus.METHOD_NOT_ALLOWED);
    }
    return faults.remove(context.pathParam("id"))
        ? HttpResponse.of(HttpStatus.NO_CONTENT)
        : GoogleErrors.json(Status.NOT_FOUND.withDescription("no such rule"));
  }
}
