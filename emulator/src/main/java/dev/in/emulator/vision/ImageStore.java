package dev.in.emulator.vision;

import java.util.Optional;

/** Where Vision finds the images that requests name. */
public interface ImageStore {

  /** The object's bytes; empty if there is none of that name. */
  Optional<byte[]> read(String bucket, String name);
}
