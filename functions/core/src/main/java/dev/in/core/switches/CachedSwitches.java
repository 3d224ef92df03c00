package dev.in.core.switches;

import static java.util.Objects.requireNonNull;

import dev.in.core.failure.TransientFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * Reads the switches at most once in a while, however many tasks ask. One asker reads; meanwhile
 * the others go by what is known, and wait only for the very first answer.
 */
public final class CachedSwitches implements Switches {
  private static final Logger LOG = Logger.getLogger(CachedSwitches.class);

  private final SwitchSource source;
  private final Duration maxAge;
  private final InstantSource clock;
  private final ReentrantLock reading = new ReentrantLock();
  private volatile Optional<Known> known = Optional.empty();

  /**
   * @param maxAge how long an answer is taken for the present state, and how long after a failure
   *     the source is left alone
   */
  public CachedSwitches(SwitchSource source, Duration maxAge, InstantSource clock) {
    this.source = requireNonNull(source, "source is null");
    this.maxAge = requireNonNull(maxAge, "maxAge is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public boolean isOn(Switch which) {
    requireNonNull(which, "which is null");
    if (isStale()) {
      refresh();
    }
    return known.map(last -> !last.off().contains(which)).orElse(true);
  }

  private boolean isStale() {
    return known.map(last -> !clock.instant().isBefore(last.until())).orElse(true);
  }

  private void refresh() {
    if (known.isPresent()) {
      if (!reading.tryLock()) {
        return;
      }
    } else {
      reading.lock();
    }
    try {
      if (isStale()) {
        known = Optional.of(new Known(read(), clock.instant().plus(maxAge)));
      }
    } finally {
      reading.unlock();
    }
  }

  private Set<Switch> read() {
    Set<Switch> before = known.map(Known::off).orElse(Set.of());
    try {
      Set<Switch> now = Set.copyOf(source.off());
      if (!now.equals(before)) {
        LOG.warnf("now switched off: %s", now);
      }
      return now;
    } catch (TransientFailure e) {
      LOG.warnf("the switches cannot be read, so these stay off: %s (%s)", before, e.getMessage());
      return before;
    }
  }

  private record Known(Set<Switch> off, Instant until) {}
}
