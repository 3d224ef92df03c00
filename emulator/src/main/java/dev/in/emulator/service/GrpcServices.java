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

/** How every part serves gRPC: blocking code on virtual threads, Google's message limits. */
public final class GrpcServices {
  private static final Logger LOG = LoggerFactory.getLogger(GrpcServices.class);

  /** Above Pub/Sub's 10 MB a publish and Vision's 10 MB a request, as Google's front end does. */
  private static final int MAX_REQUEST_BYTES = 20 * 1024 * 1024;

  private GrpcServices() {}

  /**
   * Wraps a service for the server. Methods may block; they answer errors as {@link
   * io.grpc.StatusRuntimeException}; anything else thrown becomes INTERNAL and is logged.
   */
  public static GrpcService of(BindableService service) {
    return GrpcService.builder()
        .addService(service)
        .useBlockingTaskExecutor(true)
        // Binary alone: the JSON form would generate code for every message at the start.
        .supportedSerializationFormats(GrpcSerializationFormats.PROTO)
        .maxRequestMessageLength(MAX_REQUEST_BYTES)
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
