package dev.in.core.google;

import static java.util.Objects.requireNonNull;

import com.google.api.client.http.HttpExecuteInterceptor;
import com.google.api.client.http.HttpIOExceptionHandler;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.HttpResponseInterceptor;
import com.google.cloud.ServiceOptions;
import com.google.cloud.http.HttpTransportOptions;
import dev.in.core.telemetry.Calls;
import java.util.Locale;

/**
 * Times Cloud Storage's HTTP requests, named {@code storage.get} and so on by their method. The
 * client's own telemetry has spans only, with more names than are useful.
 */
final class ObservedTransport extends HttpTransportOptions {
  private static final long serialVersionUID = 1L;

  private final transient Calls calls;

  ObservedTransport(Calls calls) {
    super(HttpTransportOptions.newBuilder());
    this.calls = requireNonNull(calls, "calls is null");
  }

  @Override
  public HttpRequestInitializer getHttpRequestInitializer(ServiceOptions<?, ?> options) {
    HttpRequestInitializer client = super.getHttpRequestInitializer(options);
    return request -> {
      client.initialize(request);
      observe(request);
    };
  }

  /** What the client has set on the request stays, and runs first. */
  private void observe(HttpRequest request) {
    HttpExecuteInterceptor before = request.getInterceptor();
    HttpResponseInterceptor after = request.getResponseInterceptor();
    HttpIOExceptionHandler broken = request.getIOExceptionHandler();
    request.setInterceptor(
        sent -> {
          if (before != null) {
            before.intercept(sent);
          }
          Calls.StartedCall call =
              calls.start("storage." + sent.getRequestMethod().toLowerCase(Locale.ROOT));
          sent.setResponseInterceptor(
              response -> {
                call.end(isExpected(response.getStatusCode()));
                if (after != null) {
                  after.interceptResponse(response);
                }
              });
          sent.setIOExceptionHandler(
              (failed, retries) -> {
                call.end(false);
                return broken != null && broken.handleIOException(failed, retries);
              });
        });
  }

  /** 308 asks for a resumable upload's rest; 404 and 412 are answers that iN asks for. */
  private static boolean isExpected(int status) {
    return status < 400 || status == 404 || status == 412;
  }

  // Equal to itself alone: two observers are never the same.
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
