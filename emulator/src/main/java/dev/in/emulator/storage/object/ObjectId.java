package dev.in.emulator.storage.object;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;

/**
 * Where an object is.
 *
 * @param name any text of 1 to 1,024 UTF-8 bytes; slashes mean nothing
 */
public record ObjectId(String bucket, String name) {
  private static final int MAX_NAME_BYTES = 1024;

  public ObjectId {
    requireNonNull(bucket, "bucket is null");
    requireNonNull(name, "name is null");
    if (name.isEmpty()) {
      throw new StorageFailure(StorageFailure.Kind.REQUIRED, "Required parameter: name");
    }
    if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
      throw StorageFailure.invalid("The object name is longer than %d bytes.", MAX_NAME_BYTES);
    }
    if (name.indexOf('\r') >= 0
        || name.indexOf('\n') >= 0
        || name.equals(".")
        || name.equals("..")) {
      throw StorageFailure.invalid("Invalid object name: '%s'", name);
    }
  }

  @Override
  public String toString() {
    return bucket + "/" + name;
  }
}
