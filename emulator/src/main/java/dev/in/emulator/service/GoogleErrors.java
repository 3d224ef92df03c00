package dev.in.emulator.service;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import io.grpc.Status;
import java.util.Map;

/** REST errors in the form of all Google APIs (AIP-193). */
public final class GoogleErrors {
  private GoogleErrors() {}

  /** {@code {"error": {"code": 404, "message": …, "status": "NOT_FOUND"}}} */
  public static HttpResponse json(Status status) {
    HttpStatus http = HttpStatus.valueOf(httpStatus(status.getCode()));
    String message =
        status.getDescription() == null ? http.reasonPhrase() : status.getDescription();
    return HttpResponse.ofJson(
        http,
        Map.of(
            "error",
            Map.of("code", http.code(), "message", message, "status", status.getCode().name())));
  }

  /** The HTTP status of a code, as {@code google/rpc/code.proto} maps them. */
  public static int httpStatus(Status.Code code) {
    return switch (code) {
      case OK -> 200;
      case INVALID_ARGUMENT, FAILED_PRECONDITION, OUT_OF_RANGE -> 400;
      case UNAUTHENTICATED -> 401;
      case PERMISSION_DENIED -> 403;
      case NOT_FOUND -> 404;
      case ALREADY_EXISTS, ABORTED -> 409;
      case RESOURCE_EXHAUSTED -> 429;
      case CANCELLED -> 499;
      case UNKNOWN, INTERNAL, DATA_LOSS -> 500;
      case UNIMPLEMENTED -> 501;
      case UNAVAILABLE -> 503;
      case DEADLINE_EXCEEDED -> 504;
    };
  }
}
