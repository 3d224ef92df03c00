package dev.in.emulator.firestore;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;

/**
 * What may differ between one local Firestore and another.
 *
 * @param ttlFields the TTL field of each collection group that has one
 * @param ttlPeriod how often expired documents are deleted
 */
public record FirestoreSettings(Map<String, String> ttlFields, Duration ttlPeriod) {

  public FirestoreSettings {
    requireNonNull(ttlPeriod, "ttlPeriod is null");
    ttlFields = Map.copyOf(ttlFields);
  }

  /** No TTL field. */
  public static FirestoreSettings defaults() {
    return withTtlFields(Map.of());
  }

  /** These TTL fields, looked at every hour. */
  public static FirestoreSettings withTtlFields(Map<String, String> ttlFields) {
    return new FirestoreSettings(ttlFields, Duration.ofHours(1));
  }
}
