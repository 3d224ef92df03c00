package dev.in.emulator.firestore.value;

import com.google.protobuf.Timestamp;
import java.time.Instant;

/** Firestore keeps time in whole microseconds since 1970; finer digits are cut off. */
public final class Micros {
  private Micros() {}

  public static long of(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
  }

  public static long of(Timestamp timestamp) {
    return timestamp.getSeconds() * 1_000_000 + timestamp.getNanos() / 1_000;
  }

  public static Timestamp timestamp(long micros) {
    return Timestamp.newBuilder()
        .setSeconds(Math.floorDiv(micros, 1_000_000L))
        .setNanos((int) Math.floorMod(micros, 1_000_000L) * 1_000)
        .build();
  }
}
