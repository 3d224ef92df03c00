package dev.in.core.switches;

import static dev.in.core.switches.Switch.ANALYSIS;
import static dev.in.core.switches.Switch.CALLBACKS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.in.core.failure.TransientFailure;
import dev.in.core.testing.TestTask;
import dev.in.core.testing.TestingClock;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Switches are read now and then, and never stand in a task's way. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class CachedSwitchesTest {
  private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);

  private final TestingClock clock = new TestingClock(TestTask.START);
  private final AtomicInteger reads = new AtomicInteger();
  private volatile SwitchSource source = Set::of;
  private final Switches switches =
      new CachedSwitches(
          () -> {
            reads.incrementAndGet();
            return source.off();
          },
          FIVE_SECONDS,
          clock);

  @Test
  void everythingIsOnWhereNothingIsSwitchedOff() {
    assertThat(switches.isOn(ANALYSIS)).isTrue();
    assertThat(switches.isOn(CALLBACKS)).isTrue();
  }

  @Test
  void oneThatIsOffLeavesTheOthersOn() {
    source = () -> Set.of(ANALYSIS);

    assertThat(switches.isOn(ANALYSIS)).isFalse();
    assertThat(switches.isOn(CALLBACKS)).isTrue();
  }

  @Test
  void aThousandQuestionsWithinFiveSecondsCostOneRead() {
    for (int i = 0; i < 1_000; i++) {
      switches.isOn(ANALYSIS);
      clock.advance(Duration.ofMillis(4));
    }

    assertThat(reads).hasValue(1);
  }

  @Test
  void aChangeIsSeenAfterFiveSeconds() {
    assertThat(switches.isOn(CALLBACKS)).isTrue();
    source = () -> Set.of(CALLBACKS);

    clock.advance(FIVE_SECONDS.minusMillis(1));
    assertThat(switches.isOn(CALLBACKS)).isTrue();
    clock.advance(Duration.ofMillis(1));
    assertThat(switches.isOn(CALLBACKS)).isFalse();

    source = Set::of;
    clock.advance(FIVE_SECONDS);
    assertThat(switches.isOn(CALLBACKS)).isTrue();
  }

  @Test
  void theLastKnownSettingHoldsWhileTheSourceIsAway() {
    source = () -> Set.of(CALLBACKS);
    assertThat(switches.isOn(CALLBACKS)).isFalse();
    source = CachedSwitchesTest::away;

    clock.advance(Duration.ofHours(1));

    assertThat(switches.isOn(CALLBACKS)).isFalse();
    assertThat(switches.isOn(ANALYSIS)).isTrue();
  }

  @Test
  void aSourceThatWasNeverReachedMeansTheDefaults() {
    source = CachedSwitchesTest::away;

    assertThat(switches.isOn(ANALYSIS)).isTrue();
    assertThat(switches.isOn(CALLBACKS)).isTrue();
  }

  @Test
  void aSourceThatIsAwayIsAskedNoMoreOftenThanOneThatIsThere() {
    source = CachedSwitchesTest::away;
    for (int i = 0; i < 1_000; i++) {
      switches.isOn(ANALYSIS);
    }
    assertThat(reads).hasValue(1);

    source = () -> Set.of(ANALYSIS);
    clock.advance(FIVE_SECONDS);
    assertThat(switches.isOn(ANALYSIS)).isFalse();
  }

  @Test
  void whileOneReadsTheOthersGoByWhatIsKnown() throws Exception {
    assertThat(switches.isOn(ANALYSIS)).isTrue();
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    source =
        () -> {
          reading.countDown();
          await(answer);
          return Set.of(ANALYSIS);
        };
    clock.advance(FIVE_SECONDS);
    CompletableFuture<Boolean> reader =
        CompletableFuture.supplyAsync(() -> switches.isOn(ANALYSIS));
    await(reading);

    assertThat(switches.isOn(ANALYSIS)).isTrue();
    answer.countDown();

    assertThat(reader.get()).isFalse();
    assertThat(switches.isOn(ANALYSIS)).isFalse();
  }

  private static Set<Switch> away() {
    throw new TransientFailure("Firestore is away", new IOException());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
