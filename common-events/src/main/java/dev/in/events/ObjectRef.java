package dev.in.events;

import static java.util.Objects.requireNonNull;

/**
 * One generation of an object in Cloud Storage: these very bytes, whatever is written later.
 *
 * @param generation Cloud Storage's number for this version, greater than 0
 */
public record ObjectRef(String bucket, String name, long generation) {
  public ObjectRef {
    requireNonNull(bucket, "bucket is null");
    requireNonNull(name, "name is null");
    if (generation <= 0) {
      throw new IllegalArgumentException("generation is not positive");
    }
  }

  /** The form Google's other services take; it names the object, not the generation. */
  public String gsUri() {
    return "gs://" + bucket + "/" + name;
  }
}
