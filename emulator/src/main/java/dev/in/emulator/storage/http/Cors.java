package dev.in.emulator.storage.http;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;

/**
 * Lets pages of any origin use a bucket, as a CORS configuration of {@code origin: *} would. Only
 * answers to a request that names its origin say so.
 */
public final class Cors {
  private static final String EXPOSED =
      "Content-Length, Content-Range, Content-Type, ETag, Location, Range, X-Goog-Generation,"
          + " X-Goog-Hash, X-Goog-Metageneration, X-GUploader-UploadID";

  private Cors() {}

  /** Whether a page asks what it may send. */
  public static boolean isPreflight(RequestHeaders request) {
    return request.method() == HttpMethod.OPTIONS
        && request.contains(HttpHeaderNames.ORIGIN)
        && request.contains(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
  }

  public static HttpResponse preflight(RequestHeaders request) {
    var headers =
        ResponseHeaders.builder(HttpStatus.OK)
            .add(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
            .add(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, PUT, POST, DELETE")
            .add(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, "3600")
            .contentLength(0);
    String asked = request.get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS);
    if (asked != null) {
      headers.add(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, asked);
    }
    return HttpResponse.of(headers.build());
  }

  public static HttpResponse opened(RequestHeaders request, HttpResponse response) {
    if (!request.contains(HttpHeaderNames.ORIGIN)) {
      return response;
    }
    return response.mapHeaders(
        headers ->
            headers.toBuilder()
                .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
                .set(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED)
                .build());
  }
}
