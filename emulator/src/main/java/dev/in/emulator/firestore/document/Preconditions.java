package dev.in.emulator.firestore.document;

import com.google.firestore.v1.Document;
import com.google.firestore.v1.Precondition;
import dev.in.emulator.firestore.value.Errors;
import dev.in.emulator.firestore.value.Micros;
import dev.in.emulator.firestore.value.ResourcePath;
import java.util.Optional;

/** Preconditions of a write, refused in the words of the real service. */
final class Preconditions {
  private Preconditions() {}

  static void check(Precondition guard, ResourcePath name, Optional<Document> stored) {
    switch (guard.getConditionTypeCase()) {
      case EXISTS -> checkExists(guard.getExists(), name, stored);
      case UPDATE_TIME -> checkVersion(guard, stored);
      case CONDITIONTYPE_NOT_SET -> {}
    }
  }

  private static void checkExists(boolean expected, ResourcePath name, Optional<Document> stored) {
    if (expected && stored.isEmpty()) {
      throw Errors.notFound("No document to update: %s", name);
    }
    if (!expected && stored.isPresent()) {
      throw Errors.alreadyExists("Document already exists: %s", name);
    }
  }

  private static void checkVersion(Precondition guard, Optional<Document> stored) {
    if (guard.getUpdateTime().getNanos() % 1_000 != 0) {
      throw Errors.invalid("The precondition's update time is not aligned to microseconds.");
    }
    long required = Micros.of(guard.getUpdateTime());
    long actual = stored.map(document -> Micros.of(document.getUpdateTime())).orElse(0L);
    if (stored.isEmpty() || actual != required) {
      throw Errors.failedPrecondition(
          "the stored version (%d) does not match the required base version (%d)",
          actual, required);
    }
  }
}
