package dev.in.emulator.storage.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Objects on disk: {@code buckets/BUCKET/GENERATION.data} is the content, the {@code .json} beside
 * it the metadata. An object is there once its metadata is, which appears with one rename; data
 * without metadata is deleted at the next start.
 */
public final class ObjectFiles {
  private static final String DATA = ".data";
  private static final String METADATA = ".json";
  private static final String BUCKET = "bucket" + METADATA;

  private final ObjectMapper json = new ObjectMapper();
  private final Path buckets;
  private final Path incoming;

  public ObjectFiles(Path directory) throws IOException {
    buckets = Files.createDirectories(directory.resolve("buckets"));
    incoming = Files.createDirectories(directory.resolve("incoming"));
    for (Path leftOver : list(incoming)) {
      Files.delete(leftOver);
    }
  }

  /** A new place for a content that comes in. */
  Path freshFile() {
    return incoming.resolve(UUID.randomUUID().toString());
  }

  Path data(StoredObject object) {
    return file(object, DATA);
  }

  private Path file(StoredObject object, String suffix) {
    return buckets.resolve(object.id().bucket()).resolve(object.generation() + suffix);
  }

  void save(Bucket bucket) throws IOException {
    Path directory = Files.createDirectories(buckets.resolve(bucket.name()));
    write(
        directory.resolve(BUCKET),
        json.createObjectNode().put("created", bucket.created().toString()));
  }

  void save(StoredObject object) throws IOException {
    ObjectNode node =
        json.createObjectNode()
            .put("bucket", object.id().bucket())
            .put("name", object.id().name())
            .put("generation", object.generation())
            .put("size", object.size())
            .put("crc32c", object.hashes().crc32c())
            .put("md5Hash", object.hashes().md5())
            .put("created", object.created().toString());
    object.attributes().writeTo(node.putObject("attributes"));
    write(file(object, METADATA), node);
  }

  private void write(Path file, JsonNode node) throws IOException {
    Path whole = freshFile();
    Files.write(whole, json.writeValueAsBytes(node));
    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Forgets an object: the metadata first, so that there is never metadata without data. */
  void delete(StoredObject object) throws IOException {
    Files.deleteIfExists(file(object, METADATA));
    Files.deleteIfExists(data(object));
  }

  List<Bucket> loadBuckets() throws IOException {
    var loaded = new ArrayList<Bucket>();
    for (Path directory : list(buckets)) {
      JsonNode node = json.readTree(directory.resolve(BUCKET).toFile());
      loaded.add(
          new Bucket(
              directory.getFileName().toString(), Instant.parse(node.path("created").textValue())));
    }
    return loaded;
  }

  /** Every object that is there; of a name the death of a process left twice, both. */
  List<StoredObject> loadObjects(Bucket bucket) throws IOException {
    var loaded = new ArrayList<StoredObject>();
    for (Path file : list(buckets.resolve(bucket.name()))) {
      String name = file.getFileName().toString();
      if (name.endsWith(DATA)) {
        deleteUnlessDescribed(file);
      } else if (!name.equals(BUCKET)) {
        loaded.add(object(json.readTree(file.toFile())));
      }
    }
    return loaded;
  }

  private static void deleteUnlessDescribed(Path data) throws IOException {
    String name = data.getFileName().toString();
    Path metadata =
        data.resolveSibling(name.substring(0, name.length() - DATA.length()) + METADATA);
    if (!Files.exists(metadata)) {
      Files.delete(data);
    }
  }

  private static StoredObject object(JsonNode node) {
    return new StoredObject(
        new ObjectId(node.path("bucket").textValue(), node.path("name").textValue()),
        node.path("generation").longValue(),
        node.path("size").longValue(),
        new Hashes(node.path("crc32c").textValue(), node.path("md5Hash").textValue()),
        Instant.parse(node.path("created").textValue()),
        Attributes.of(node.path("attributes")));
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }
}
