package dev.in.emulator.storage.object;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What must hold of the object that is there, for a request to take effect. Generation 0 stands for
 * no object.
 */
public record Preconditions(OptionalLong generationMatch, OptionalLong generationNotMatch) {
  public static final Preconditions NONE =
      new Preconditions(OptionalLong.empty(), OptionalLong.empty());

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
    return generationMatch.isEmpty() || generationMatch.getAsLong() == generation(stored);
  }

  /** Of a missing object no generation differs: the condition asks for one that is there. */
  private boolean differs(Optional<StoredObject> stored) {
    return generationNotMatch.isEmpty()
        || stored.filter(s -> s.generation() != generationNotMatch.getAsLong()).isPresent();
  }

  private static long generation(Optional<StoredObject> stored) {
    return stored.map(StoredObject::generation).orElse(0L);
  }
}
