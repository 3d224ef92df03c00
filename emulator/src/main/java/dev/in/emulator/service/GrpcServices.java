package dev.in.emulator.service;

import com.linecorp.armeria.common.ClosedSessionException;
import com.linecorp.armeria.common.grpc.GrpcSerializationFormats;
import com.linecorp.armeria.common.stream.ClosedStreamException;
import com.linecorp.armeria.server.grpc.GrpcService;
import io.grpc.BindableService;
import io.grpc.Metadata;
import io.grpc.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How every service is served over gRPC. */
public final class GrpcServices {
  private static final Logger LOG = LoggerFactory.getLogger(GrpcServices.class);

  /** Above Pub/Sub's 10 MB a publish and Vision's 10 MB a request, as Google's front end does. */
  private static final int MAX_REQUEST_BYTES = 20 * 1024 * 1024;

  private GrpcServices() {}

  /**
   * Wraps a service whose methods answer at once, on the server's event loops. They answer errors
   * as {@link io.grpc.StatusRuntimeException}; anything else thrown becomes INTERNAL and is logged.
   */
  public static GrpcService prompt(BindableService service) {
    return of(service, false);
  }

  /** As {@link #prompt}, for methods that may block, each on a virtual thread. */
  public static GrpcService blocking(BindableService service) {
    return of(service, true);
  }

  private static GrpcService of(BindableService service, boolean blocking) {
    return GrpcService.builder()
        .addService(service)
        .useBlockingTaskExecutor(blocking)
        // Binary alone: the JSON form would generate code for every message at the start.
        .supportedSerializationFormats(GrpcSerializationFormats.PROTO)
        .maxRequestMessageLength(MAX_REQUEST_BYTES)
        // Clients keep their own deadlines; a timer for each call would only cost.
        .useClientTimeoutHeader(false)
        .exceptionHandler((context, status, cause, metadata) -> toStatus(status, cause, metadata))
        .build();
  }

  private static Status toStatus(Status status, Throwable cause, Metadata metadata) {
    // The caller has gone, and will not read the answer.
    if (cause instanceof ClosedStreamException || cause instanceof ClosedSessionException) {
      return Status.CANCELLED;
    }
    if (status.getCode() == Status.Code.UNKNOWN) {
      LOG.error("A call failed", cause);
      return Status.INTERNAL.withDescription("the local cloud failed: " + cause).withCause(cause);
    }
    return status;
  }
}
