package dev.in.emulator.storage;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Calls that change or copy objects which are there. */
final class ChangeCalls {
  private static final int MAX_COMPONENTS = 32;

  private static final Set<String> CHANGE_PARAMETERS =
      Set.of(
          "generation",
          "ifGenerationMatch",
          "ifGenerationNotMatch",
          "ifMetagenerationMatch",
          "ifMetagenerationNotMatch");

  private static final Set<String> COPY_PARAMETERS =
      Set.of(
          "ifGenerationMatch",
          "ifGenerationNotMatch",
          "ifMetagenerationMatch",
          "ifMetagenerationNotMatch",
          "ifSourceGenerationMatch",
          "ifSourceGenerationNotMatch",
          "ifSourceMetagenerationMatch",
          "ifSourceMetagenerationNotMatch",
          "maxBytesRewrittenPerCall",
          "sourceGeneration");

  private final ObjectStore store;

  ChangeCalls(ObjectStore store) {
    this.store = requireNonNull(store, "store is null");
  }

  /** What the patch leaves out stays. */
  HttpResponse patch(StorageRequest request) throws IOException {
    JsonNode patch = request.json();
    return change(request, attributes -> attributes.patchedBy(patch));
  }

  /** What the resource leaves out is removed. */
  HttpResponse update(StorageRequest request) throws IOException {
    JsonNode resource = request.json();
    return change(request, unused -> Attributes.of(resource));
  }

  private HttpResponse change(StorageRequest request, UnaryOperator<Attributes> change)
      throws IOException {
    request.parameters().allowOnly(CHANGE_PARAMETERS);
    StoredObject changed =
        store.change(
            request.call().object(),
            request.parameters().number("generation"),
            request.parameters().preconditions(),
            change);
    return StorageRequest.ok(request.resources().object(changed));
  }

  HttpResponse delete(StorageRequest request) throws IOException {
    request.parameters().allowOnly(CHANGE_PARAMETERS);
    store.delete(
        request.call().object(),
        request.parameters().number("generation"),
        request.parameters().preconditions());
    return HttpResponse.of(ResponseHeaders.of(HttpStatus.NO_CONTENT));
  }

  HttpResponse copy(StorageRequest request) throws IOException {
    return StorageRequest.ok(request.resources().object(copied(request)));
  }

  /** As copying; here every rewrite is done in one call. */
  HttpResponse rewrite(StorageRequest request) throws IOException {
    StoredObject copy = copied(request);
    ObjectNode node =
        Resources.node("rewriteResponse")
            .put("totalBytesRewritten", String.valueOf(copy.size()))
            .put("objectSize", String.valueOf(copy.size()))
            .put("done", true);
    node.set("resource", request.resources().object(copy));
    return StorageRequest.ok(node);
  }

  /** Attributes in the request replace the source's, all of them or none. */
  private StoredObject copied(StorageRequest request) throws IOException {
    Parameters parameters = request.parameters();
    parameters.allowOnly(COPY_PARAMETERS);
    Attributes given = Attributes.of(request.json());
    ObjectStore.Content source =
        store.open(
            request.call().object(),
            parameters.number("sourceGeneration"),
            parameters.sourcePreconditions());
    try (InputStream content = Channels.newInputStream(source.channel());
        Staged staged = Staged.receive(content, store.freshFile(), SizeLimits.DEFAULT)) {
      return store.insert(
          request.call().target(),
          given.isEmpty() ? source.object().attributes() : given,
          staged,
          parameters.preconditions());
    }
  }

  /** Puts objects of a bucket together; the new one has no MD5, as in Cloud Storage. */
  HttpResponse compose(StorageRequest request) throws IOException {
    Parameters parameters = request.parameters();
    parameters.allowOnly(Set.of("ifGenerationMatch", "ifMetagenerationMatch"));
    JsonNode body = request.json();
    ObjectId target = request.call().object();
    List<ObjectStore.Content> sources = open(target.bucket(), body.path("sourceObjects"));
    Attributes attributes =
        Attributes.of(body.path("destination"))
            .withDefault(
                "contentType", sources.getFirst().object().attributes().field("contentType"));
    List<InputStream> streams =
        sources.stream().map(source -> Channels.newInputStream(source.channel())).toList();
    try (InputStream content = new SequenceInputStream(Collections.enumeration(streams));
        Staged staged = Staged.receive(content, store.freshFile(), SizeLimits.DEFAULT)) {
      StoredObject composed =
          store.insert(target, attributes, staged.withoutMd5(), parameters.preconditions());
      return StorageRequest.ok(request.resources().object(composed));
    }
  }

  private List<ObjectStore.Content> open(String bucket, JsonNode sources) throws IOException {
    if (sources.isEmpty() || sources.size() > MAX_COMPONENTS) {
      throw StorageFailure.invalid(
          "The number of source components must be between 1 and %d.", MAX_COMPONENTS);
    }
    var opened = new ArrayList<ObjectStore.Content>();
    try {
      for (JsonNode source : sources) {
        opened.add(
            store.open(
                new ObjectId(bucket, source.path("name").asText()),
                number(source.path("generation")),
                new Preconditions(
                    number(source.path("objectPreconditions").path("ifGenerationMatch")),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    OptionalLong.empty())));
      }
      return opened;
    } catch (IOException | RuntimeException e) {
      for (ObjectStore.Content content : opened) {
        content.channel().close();
      }
      throw e;
    }
  }

  private static OptionalLong number(JsonNode node) {
    return node.isMissingNode() || node.isNull()
        ? OptionalLong.empty()
        : OptionalLong.of(node.asLong());
  }
}
