package dev.in.core.testing;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until a test moves it. */
public final class TestingClock implements InstantSource {
  private volatile Instant now;

  public TestingClock(Instant start) {
    this.now = requireNonNull(start, "start is null");
  }

  @Override
  public Instant instant() {
    return now;
  }

  public void set(Instant instant) {
    now = requireNonNull(instant, "instant is null");
  }

  public void advance(Duration time) {
    now = now.plus(time);
  }
}
