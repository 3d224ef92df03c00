package dev.in.emulator.storage.json;

import static java.util.Objects.requireNonNull;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import dev.in.emulator.storage.http.Bodies;
import dev.in.emulator.storage.http.ByteRange;
import dev.in.emulator.storage.http.ObjectHeaders;
import dev.in.emulator.storage.http.Parameters;
import dev.in.emulator.storage.object.ObjectStore;
import dev.in.emulator.storage.object.StorageFailure;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.Set;

/** Calls that read and delete objects. */
public final class ObjectCalls {
  private static final Set<String> PARAMETERS =
      Set.of("generation", "ifGenerationMatch", "ifGenerationNotMatch");

  private final ObjectStore store;

  public ObjectCalls(ObjectStore store) {
    this.store = requireNonNull(store, "store is null");
  }

  HttpResponse list(StorageRequest request) {
    var listing = new ObjectListing(request.parameters(), store.objects(request.call().bucket()));
    return StorageRequest.ok(listing.resource(request.resources()));
  }

  /** Metadata, or with {@code alt=media} the content. */
  HttpResponse get(StorageRequest request) throws IOException {
    Parameters parameters = request.parameters();
    parameters.allowOnly(PARAMETERS);
    OptionalLong generation = parameters.number("generation");
    if (parameters.text("alt").filter("media"::equals).isPresent()) {
      return media(request, generation);
    }
    return StorageRequest.ok(
        request
            .resources()
            .object(store.get(request.call().object(), generation, parameters.preconditions())));
  }

  private HttpResponse media(StorageRequest request, OptionalLong generation) throws IOException {
    ObjectStore.Content content =
        store.open(request.call().object(), generation, request.parameters().preconditions());
    try {
      return send(content, ByteRange.of(request.header("range"), content.object().size()), request);
    } catch (StorageFailure failure) {
      content.channel().close();
      if (failure.kind() == StorageFailure.Kind.BAD_RANGE) {
        return ObjectHeaders.unsatisfiable(content.object());
      }
      throw failure;
    }
  }

  HttpResponse delete(StorageRequest request) throws IOException {
    request.parameters().allowOnly(PARAMETERS);
    store.delete(
        request.call().object(),
        request.parameters().number("generation"),
        request.parameters().preconditions());
    return HttpResponse.of(ResponseHeaders.of(HttpStatus.NO_CONTENT));
  }

  private static HttpResponse send(
      ObjectStore.Content content, ByteRange range, StorageRequest request) {
    return Bodies.send(
        ObjectHeaders.of(content.object(), range), content.channel(), range, request.blocking());
  }
}
