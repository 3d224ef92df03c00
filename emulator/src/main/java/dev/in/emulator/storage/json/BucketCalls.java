package dev.in.emulator.storage.json;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.common.HttpResponse;
import dev.in.emulator.storage.object.ObjectStore;
import dev.in.emulator.storage.object.StorageFailure;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** Calls about buckets. */
public final class BucketCalls {
  private final ObjectStore store;

  public BucketCalls(ObjectStore store) {
    this.store = requireNonNull(store, "store is null");
  }

  /** Takes a name, and refuses settings, which would have no effect here. */
  HttpResponse insert(StorageRequest request) throws IOException {
    request.parameters().allowOnly(Set.of("project"));
    JsonNode resource = request.json();
    for (Map.Entry<String, JsonNode> property : resource.properties()) {
      if (!property.getKey().equals("name") && !property.getValue().isNull()) {
        throw StorageFailure.unsupported("the bucket property \"" + property.getKey() + "\"");
      }
    }
    String name = resource.path("name").asText();
    return StorageRequest.ok(request.resources().bucket(store.createBucket(name)));
  }

  HttpResponse get(StorageRequest request) {
    request.parameters().allowOnly(Set.of());
    return StorageRequest.ok(request.resources().bucket(store.bucket(request.call().bucket())));
  }
}
