package dev.in.emulator.firestore;

import org.junit.jupiter.api.Nested;

/** All suites, for a class that says what they run against. */
abstract class FirestoreSuites {

  abstract FirestoreBackend backend();

  @Nested
  class Documents extends DocumentSuite {
    @Override
    FirestoreBackend backend() {
      return FirestoreSuites.this.backend();
    }
  }

  @Nested
  class Transforms extends TransformSuite {
    @Override
    FirestoreBackend backend() {
      return FirestoreSuites.this.backend();
    }
  }

  @Nested
  class Queries extends QuerySuite {
    @Override
    FirestoreBackend backend() {
      return FirestoreSuites.this.backend();
    }
  }
}
