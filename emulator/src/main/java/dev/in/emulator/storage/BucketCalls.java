package dev.in.emulator.storage;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import java.io.IOException;
import java.util.Set;

/** Calls about buckets. */
final class BucketCalls {
  private final ObjectStore store;

  BucketCalls(ObjectStore store) {
    this.store = requireNonNull(store, "store is null");
  }

  HttpResponse list(StorageRequest request) {
    request.parameters().allowOnly(Set.of("project", "prefix"));
    String prefix = request.parameters().text("prefix").orElse("");
    Resources resources = request.resources();
    ObjectNode list = Resources.node("buckets");
    ArrayNode items = list.putArray("items");
    store.buckets().stream()
        .filter(bucket -> bucket.name().startsWith(prefix))
        .forEach(bucket -> items.add(resources.bucket(bucket)));
    return StorageRequest.ok(list);
  }

  /** Takes a name; a bucket's settings would have no effect here. */
  HttpResponse insert(StorageRequest request) throws IOException {
    request.parameters().allowOnly(Set.of("project"));
    String name = request.json().path("name").asText();
    return StorageRequest.ok(request.resources().bucket(store.createBucket(name)));
  }

  HttpResponse get(StorageRequest request) {
    request.parameters().allowOnly(Set.of());
    return StorageRequest.ok(request.resources().bucket(store.bucket(request.call().bucket())));
  }
}
