package dev.in.emulator.storage;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * What must hold of the object that is there, for a request to take effect. Generation 0 stands for
 * no object.
 */
record Preconditions(
    OptionalLong generationMatch,
    OptionalLong generationNotMatch,
    OptionalLong metagenerationMatch,
    OptionalLong metagenerationNotMatch) {
  static final Preconditions NONE =
      new Preconditions(
          OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

  /** From query parameters, {@code ifGenerationMatch} and so on, after a prefix. */
  static Preconditions of(String prefix, Function<String, OptionalLong> parameter) {
    return new Preconditions(
        parameter.apply(prefix + "GenerationMatch"),
        parameter.apply(prefix + "GenerationNotMatch"),
        parameter.apply(prefix + "MetagenerationMatch"),
        parameter.apply(prefix + "MetagenerationNotMatch"));
  }

  /** For a request that changes something. */
  void checkForWriting(Optional<StoredObject> stored) {
    if (!matches(stored) || !differs(stored)) {
      throw StorageFailure.conditionNotMet();
    }
  }

  /** For a request that reads: one that only wants what is new learns that nothing is. */
  void checkForReading(StoredObject stored) {
    if (!matches(Optional.of(stored))) {
      throw StorageFailure.conditionNotMet();
    }
    if (!differs(Optional.of(stored))) {
      throw new StorageFailure(StorageFailure.Kind.NOT_MODIFIED, "Not Modified");
    }
  }

  private boolean matches(Optional<StoredObject> stored) {
    return matches(generationMatch, generation(stored))
        && matches(metagenerationMatch, metageneration(stored));
  }

  private boolean differs(Optional<StoredObject> stored) {
    return differs(generationNotMatch, generation(stored))
        && differs(metagenerationNotMatch, metageneration(stored));
  }

  private static long generation(Optional<StoredObject> stored) {
    return stored.map(StoredObject::generation).orElse(0L);
  }

  private static long metageneration(Optional<StoredObject> stored) {
    return stored.map(StoredObject::metageneration).orElse(0L);
  }

  private static boolean matches(OptionalLong wanted, long actual) {
    return wanted.isEmpty() || wanted.getAsLong() == actual;
  }

  private static boolean differs(OptionalLong unwanted, long actual) {
    return unwanted.isEmpty() || unwanted.getAsLong() != actual;
  }
}
