package dev.in.emulator.storage.json;

import static java.util.Objects.requireNonNull;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.in.emulator.storage.http.Cors;
import dev.in.emulator.storage.http.StorageUsage;
import dev.in.emulator.storage.http.Target;
import dev.in.emulator.storage.http.UnexpectedFailures;
import dev.in.emulator.storage.object.StorageFailure;
import java.io.IOException;

/** The JSON API: dispatches calls and answers errors in Google's form. */
public final class StorageApi implements HttpService {

  private final BucketCalls buckets;
  private final ObjectCalls objects;
  private final UploadCalls uploads;
  private final StorageUsage usage;

  public StorageApi(
      BucketCalls buckets, ObjectCalls objects, UploadCalls uploads, StorageUsage usage) {
    this.buckets = requireNonNull(buckets, "buckets is null");
    this.objects = requireNonNull(objects, "objects is null");
    this.uploads = requireNonNull(uploads, "uploads is null");
    this.usage = requireNonNull(usage, "usage is null");
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    return HttpResponse.of(
        () -> Cors.opened(request.headers(), answer(context, request)),
        context.blockingTaskExecutor());
  }

  private HttpResponse answer(ServiceRequestContext context, HttpRequest request) {
    try {
      StorageRequest call = read(context, request);
      HttpResponse response = dispatch(call);
      usage.count(call.operation());
      return response;
    } catch (StorageFailure failure) {
      return refusal(failure);
    } catch (IOException | RuntimeException e) {
      return UnexpectedFailures.answer(context, e);
    }
  }

  private static StorageRequest read(ServiceRequestContext context, HttpRequest request) {
    Target target = Target.parse(context.rawPath());
    return new StorageRequest(
        StorageCall.parse(request.headers(), target.path())
            .orElseThrow(() -> StorageFailure.unsupported(request.method() + " " + target.path())),
        target.parameters(),
        request,
        context.blockingTaskExecutor());
  }

  private HttpResponse dispatch(StorageRequest call) throws IOException {
    return switch (call.operation()) {
      case INSERT_BUCKET -> buckets.insert(call);
      case GET_BUCKET -> buckets.get(call);
      case GET_STORAGE_LAYOUT -> buckets.storageLayout(call);
      case TEST_PERMISSIONS -> buckets.testPermissions(call);
      case LIST -> objects.list(call);
      case GET, DOWNLOAD -> objects.get(call);
      case INSERT -> uploads.insert(call);
      case CONTINUE_UPLOAD -> uploads.resume(call);
      case CANCEL_UPLOAD -> uploads.cancel(call);
      case DELETE -> objects.delete(call);
    };
  }

  private static HttpResponse refusal(StorageFailure failure) {
    HttpStatus status = HttpStatus.valueOf(failure.kind().status());
    if (failure.kind() == StorageFailure.Kind.NOT_MODIFIED) {
      return HttpResponse.of(ResponseHeaders.of(status));
    }
    if (failure.kind() == StorageFailure.Kind.AHEAD_OF_UPLOAD) {
      // Clients know this one by its plain text.
      return HttpResponse.of(
          status, MediaType.PLAIN_TEXT_UTF_8, HttpData.ofUtf8(failure.getMessage()));
    }
    return HttpResponse.of(
        status, MediaType.JSON_UTF_8, HttpData.wrap(Resources.bytes(Resources.error(failure))));
  }
}
