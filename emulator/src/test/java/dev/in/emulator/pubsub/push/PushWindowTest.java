package dev.in.emulator.pubsub.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.emulator.pubsub.push.PushWindow.Limits;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PushWindowTest {
  private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

  private final PushWindow window = new PushWindow(Limits.DEFAULT);
  private Instant now = START;

  @Test
  void startsWithAFewRequestsAndDoublesWithEachWindowThatIsAcked() {
    assertThat(window.size()).isEqualTo(4);
    ackAWindow();
    assertThat(window.size()).isEqualTo(8);
    ackAWindow();
    assertThat(window.size()).isEqualTo(16);
  }

  @Test
  void growsNoFurtherThanOneContainerTakes() {
    for (int i = 0; i < 500; i++) {
      window.acked();
    }
    assertThat(window.size()).isEqualTo(80);
  }

  @Test
  void halvesWithANackAndNeverCloses() {
    ackAWindow();
    nackAfterThePause();
    assertThat(window.size()).isEqualTo(4);
    nackAfterThePause();
    nackAfterThePause();
    nackAfterThePause();
    assertThat(window.size()).isEqualTo(1);
  }

  @Test
  void pausesFrom100MillisecondsUpTo60Seconds() {
    long[] millis = new long[12];
    for (int i = 0; i < millis.length; i++) {
      nackAfterThePause();
      millis[i] = Duration.between(now, window.pausedUntil()).toMillis();
    }
    assertThat(millis)
        .containsExactly(100, 200, 400, 800, 1600, 3200, 6400, 12800, 25600, 51200, 60000, 60000);
  }

  @Test
  void anAckEndsThePauseAndStartsTheNextOneSmall() {
    nackAfterThePause();
    nackAfterThePause();
    assertThat(window.isPaused(now)).isTrue();
    window.acked();
    assertThat(window.isPaused(now)).isFalse();
    nackAfterThePause();
    assertThat(window.pausedUntil()).isEqualTo(now.plusMillis(100));
  }

  @Test
  void nacksOfRequestsFromBeforeThePauseAreOneAndTheSameTrouble() {
    window.failed(START, START.plusMillis(10));
    window.failed(START, START.plusMillis(20));
    window.failed(START, START.plusMillis(30));
    assertThat(window.size()).isEqualTo(2);
    assertThat(window.pausedUntil()).isEqualTo(START.plusMillis(110));
  }

  private void ackAWindow() {
    int outstanding = window.size();
    for (int i = 0; i < outstanding; i++) {
      window.acked();
    }
  }

  private void nackAfterThePause() {
    now = window.isPaused(now) ? window.pausedUntil() : now.plusSeconds(1);
    window.failed(now, now);
  }
}
