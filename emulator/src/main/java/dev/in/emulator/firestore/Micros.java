package dev.in.emulator.firestore;

import com.google.protobuf.Timestamp;
import java.time.Instant;

/** Firestore keeps time in whole microseconds since 1970; finer digits are cut off. */
final class Micros {
  private Micros() {}

  static long of(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
  }

  static long of(Timestamp timestamp) {
    return timestamp.getSeconds() * 1_000_000 + timestamp.getNanos() / 1_000;
  }

  static Timestamp timestamp(long micros) {
    return Timestamp.newBuilder()
        .setSeconds(Math.floorDiv(micros, 1_000_000L))
        .setNanos((int) Math.floorMod(micros, 1_000_000L) * 1_000)
        .build();
  }
}
