package dev.in.emulator.storage.json;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import dev.in.emulator.storage.object.Bucket;
import dev.in.emulator.storage.object.ObjectStore;
import dev.in.emulator.storage.object.StorageFailure;
import java.io.IOException;
import java.util.List;
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

  /**
   * By this gcloud finds out, before it deletes what is below a name, that there are no folders.
   */
  HttpResponse storageLayout(StorageRequest request) {
    request.parameters().allowOnly(Set.of("prefix"));
    Bucket bucket = store.bucket(request.call().bucket());
    ObjectNode layout =
        Resources.node("storageLayout").put("bucket", bucket.name()).put("location", "LOCAL");
    layout.putObject("hierarchicalNamespace").put("enabled", false);
    return StorageRequest.ok(layout);
  }

  /** Over the JSON API everybody may do everything here, as with other emulators. */
  HttpResponse testPermissions(StorageRequest request) {
    request.parameters().allowOnly(Set.of("permissions"));
    store.bucket(request.call().bucket());
    ObjectNode answer = Resources.node("testIamPermissionsResponse");
    request
        .parameters()
        .values()
        .getOrDefault("permissions", List.of())
        .forEach(answer.withArray("permissions")::add);
    return StorageRequest.ok(answer);
  }
}
