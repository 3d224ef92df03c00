package dev.in.emulator.storage.http;

import com.linecorp.armeria.common.ClosedSessionException;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.stream.AbortedStreamException;
import com.linecorp.armeria.common.stream.ClosedStreamException;
import com.linecorp.armeria.server.ServiceRequestContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls that end in another way than with an answer or a refusal. */
public final class UnexpectedFailures {
  private static final Logger LOG = LoggerFactory.getLogger(UnexpectedFailures.class);

  private UnexpectedFailures() {}

  /** Answers a failure of our own, unless the caller has gone. */
  public static HttpResponse answer(ServiceRequestContext context, Exception failure) {
    if (isCallerGone(failure)) {
      return HttpResponse.ofFailure(failure);
    }
    LOG.error("{} {} failed", context.method(), context.rawPath(), failure);
    return HttpResponse.of(
        HttpStatus.INTERNAL_SERVER_ERROR,
        MediaType.PLAIN_TEXT_UTF_8,
        "The local cloud failed: " + failure);
  }

  private static boolean isCallerGone(Throwable failure) {
    return failure.getCause() instanceof ClosedSessionException
        || failure.getCause() instanceof ClosedStreamException
        || failure.getCause() instanceof AbortedStreamException;
  }
}
