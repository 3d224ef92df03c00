package dev.in.emulator.storage.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.in.emulator.storage.http.Percent;
import dev.in.emulator.storage.object.Bucket;
import dev.in.emulator.storage.object.ObjectId;
import dev.in.emulator.storage.object.StorageFailure;
import dev.in.emulator.storage.object.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The JSON resources of the API, and its errors. */
final class Resources {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String endpoint;

  /**
   * @param endpoint where the caller has reached the API, for the links in the resources
   */
  Resources(String endpoint) {
    this.endpoint = endpoint;
  }

  static ObjectNode node(String kind) {
    return JSON.createObjectNode().put("kind", "storage#" + kind);
  }

  static byte[] bytes(JsonNode node) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A JSON tree can be written", e);
    }
  }

  /** Reads a JSON object; no body at all reads as an empty one. */
  static JsonNode read(InputStream body) throws IOException {
    try {
      JsonNode node = JSON.readTree(body);
      if (node.isMissingNode()) {
        return JSON.createObjectNode();
      }
      if (!node.isObject()) {
        throw StorageFailure.invalid("Parse Error: the body is not a JSON object.");
      }
      return node;
    } catch (JsonProcessingException e) {
      throw StorageFailure.invalid("Parse Error: %s", e.getOriginalMessage());
    }
  }

  ObjectNode bucket(Bucket bucket) {
    return node("bucket")
        .put("id", bucket.name())
        .put("name", bucket.name())
        .put("selfLink", endpoint + "/storage/v1/b/" + bucket.name())
        .put("location", "LOCAL")
        .put("storageClass", "STANDARD")
        .put("metageneration", "1")
        .put("timeCreated", bucket.created().toString())
        .put("updated", bucket.created().toString());
  }

  ObjectNode object(StoredObject object) {
    ObjectId id = object.id();
    String path = "b/" + id.bucket() + "/o/" + Percent.encode(id.name());
    ObjectNode node =
        node("object")
            .put("id", id + "/" + object.generation())
            .put("selfLink", endpoint + "/storage/v1/" + path)
            .put(
                "mediaLink",
                endpoint
                    + "/download/storage/v1/"
                    + path
                    + "?generation="
                    + object.generation()
                    + "&alt=media")
            .put("name", id.name())
            .put("bucket", id.bucket())
            .put("generation", String.valueOf(object.generation()))
            .put("metageneration", "1")
            .put("storageClass", "STANDARD")
            .put("size", String.valueOf(object.size()))
            .put("crc32c", object.hashes().crc32c())
            .put("etag", etag(object))
            .put("timeCreated", object.created().toString())
            .put("timeFinalized", object.created().toString())
            .put("updated", object.created().toString())
            .put("md5Hash", object.hashes().md5());
    object.attributes().writeTo(node);
    return node;
  }

  /** Changes whenever the content does. */
  private static String etag(StoredObject object) {
    byte[] version = String.valueOf(object.generation()).getBytes(StandardCharsets.US_ASCII);
    return Base64.getEncoder().encodeToString(version);
  }

  static ObjectNode error(StorageFailure failure) {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode error = root.putObject("error");
    error.put("code", failure.kind().status()).put("message", failure.getMessage());
    ObjectNode detail =
        error
            .putArray("errors")
            .addObject()
            .put("message", failure.getMessage())
            .put("domain", "global")
            .put("reason", failure.kind().reason());
    if (failure.kind() == StorageFailure.Kind.CONDITION_NOT_MET) {
      detail.put("locationType", "header").put("location", "If-Match");
    }
    return root;
  }
}
