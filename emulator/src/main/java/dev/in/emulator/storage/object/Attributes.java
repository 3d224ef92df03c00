package dev.in.emulator.storage.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a caller may say about an object beside its content.
 *
 * @param fields properties such as {@code contentType}, by their JSON names
 * @param metadata the caller's own keys and values
 */
public record Attributes(Map<String, String> fields, Map<String, String> metadata) {
  public static final Attributes NONE = new Attributes(Map.of(), Map.of());

  private static final Set<String> SETTABLE =
      Set.of(
          "contentType",
          "contentEncoding",
          "contentDisposition",
          "contentLanguage",
          "cacheControl",
          "customTime",
          "storageClass");

  /** Sent back by clients that write a whole resource, without any effect. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "acl",
          "bucket",
          "componentCount",
          "crc32c",
          "etag",
          "generation",
          "id",
          "kind",
          "md5Hash",
          "mediaLink",
          "metageneration",
          "name",
          "owner",
          "selfLink",
          "size",
          "timeCreated",
          "timeFinalized",
          "timeStorageClassUpdated",
          "updated");

  public Attributes {
    fields = Map.copyOf(fields);
    metadata = Map.copyOf(metadata);
  }

  /** Reads the settable part of an object resource. */
  public static Attributes of(JsonNode resource) {
    var fields = new TreeMap<String, String>();
    var metadata = new TreeMap<String, String>();
    for (Map.Entry<String, JsonNode> property : resource.properties()) {
      String name = property.getKey();
      JsonNode value = property.getValue();
      if (name.equals("metadata")) {
        value.properties().forEach(entry -> put(metadata, entry.getKey(), entry.getValue()));
      } else if (SETTABLE.contains(name)) {
        put(fields, name, value);
      } else if (!WITHOUT_EFFECT.contains(name) && !value.isNull()) {
        throw StorageFailure.unsupported("the object property \"" + name + "\"");
      }
    }
    return new Attributes(fields, metadata);
  }

  private static void put(Map<String, String> target, String name, JsonNode value) {
    if (value.isTextual()) {
      target.put(name, value.textValue());
    } else if (!value.isNull()) {
      throw StorageFailure.invalid("Invalid value for \"%s\": %s", name, value);
    }
  }

  public Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  public String contentType() {
    return field("contentType").orElse("application/octet-stream");
  }

  /** This, with a field that is only set where it is missing. */
  public Attributes withDefault(String name, Optional<String> value) {
    if (fields.containsKey(name) || value.isEmpty()) {
      return this;
    }
    var newFields = new TreeMap<>(fields);
    newFields.put(name, value.get());
    return new Attributes(newFields, metadata);
  }

  public void writeTo(ObjectNode resource) {
    new TreeMap<>(fields).forEach(resource::put);
    if (!metadata.isEmpty()) {
      ObjectNode node = resource.putObject("metadata");
      new TreeMap<>(metadata).forEach(node::put);
    }
  }
}
