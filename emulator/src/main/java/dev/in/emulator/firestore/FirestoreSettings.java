package dev.in.emulator.firestore;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;

/**
 * What may differ between one local Firestore and another.
 *
 * @param lockWait how long a write or a transaction waits for an older one before it is ABORTED
 * @param transactionIdle how long a transaction lives without a call; its locks end with it
 * @param ttlFields the TTL field of each collection group that has one
 * @param ttlPeriod how often expired documents are looked for by themselves
 */
public record FirestoreSettings(
    Duration lockWait,
    Duration transactionIdle,
    Map<String, String> ttlFields,
    Duration ttlPeriod) {

  public FirestoreSettings {
    requireNonNull(lockWait, "lockWait is null");
    requireNonNull(transactionIdle, "transactionIdle is null");
    requireNonNull(ttlPeriod, "ttlPeriod is null");
    ttlFields = Map.copyOf(ttlFields);
  }

  /** 10 s of patience, 60 s idle as in Firestore, no TTL field, a look every hour. */
  public static FirestoreSettings defaults() {
    return new FirestoreSettings(
        Duration.ofSeconds(10), Duration.ofSeconds(60), Map.of(), Duration.ofHours(1));
  }

  public FirestoreSettings withLockWait(Duration newLockWait) {
    return new FirestoreSettings(newLockWait, transactionIdle, ttlFields, ttlPeriod);
  }

  public FirestoreSettings withTransactionIdle(Duration newTransactionIdle) {
    return new FirestoreSettings(lockWait, newTransactionIdle, ttlFields, ttlPeriod);
  }

  public FirestoreSettings withTtlFields(Map<String, String> newTtlFields) {
    return new FirestoreSettings(lockWait, transactionIdle, newTtlFields, ttlPeriod);
  }
}
