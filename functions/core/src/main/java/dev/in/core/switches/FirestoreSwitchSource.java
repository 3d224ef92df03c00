package dev.in.core.switches;

import static java.util.Objects.requireNonNull;

import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import dev.in.core.failure.Await;
import dev.in.core.failure.Deadline;
import dev.in.core.failure.TransientFailure;
import dev.in.core.telemetry.Calls;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/**
 * The switches as one Firestore document has them. A missing document, a missing field and a field
 * that is not a boolean all read as on: only {@code false} switches anything off.
 */
public final class FirestoreSwitchSource implements SwitchSource {
  /** One document, a boolean field a switch. */
  public static final String DOCUMENT = "switches/current";

  /** One delivery at a time waits for this; a cold client on a small CPU takes seconds. */
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Firestore firestore;
  private final Calls calls;
  private final InstantSource clock;

  public FirestoreSwitchSource(Firestore firestore, Calls calls, InstantSource clock) {
    this.firestore = requireNonNull(firestore, "firestore is null");
    this.calls = requireNonNull(calls, "calls is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public Set<Switch> off() {
    DocumentSnapshot snapshot = calls.make("firestore.switches", this::read);
    return Arrays.stream(Switch.values())
        .filter(which -> Boolean.FALSE.equals(snapshot.get(which.wireName())))
        .collect(Collectors.toSet());
  }

  private DocumentSnapshot read() {
    try {
      return Await.answer(
          firestore.document(DOCUMENT).get(), Deadline.in(TIMEOUT, clock), "reading the switches");
    } catch (ExecutionException e) {
      throw new TransientFailure("the switches cannot be read", e.getCause());
    }
  }
}
