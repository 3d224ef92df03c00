package dev.in.core.startup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.core.startup.WarmUp.Warm;
import io.quarkus.runtime.StartupEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ready means warm. */
@Timeout(20)
class WarmUpTest {
  private final Client first = new Client();
  private final Client second = new Client();

  @Test
  void aFunctionIsReadyOnceEverythingIsWarm() throws Exception {
    WarmUp warmUp = new WarmUp(List.of(first, second));
    assertThat(warmUp.call().getStatus()).isEqualTo(Status.DOWN);

    warmUp.begin(new StartupEvent());
    first.end();
    assertThat(warmUp.call().getStatus()).isEqualTo(Status.DOWN);

    second.end();
    awaitUp(warmUp);
  }

  @Test
  void aClientThatNeverGetsWarmDelaysTheStartForAWhileOnly() {
    WarmUp warmUp = new WarmUp(List.of(first), Duration.ofMillis(200));
    long start = System.nanoTime();

    warmUp.begin(new StartupEvent());
    awaitUp(warmUp);

    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofMillis(200));
  }

  @Test
  void allAreWarmedAtOnce() throws Exception {
    new WarmUp(List.of(first, second)).begin(new StartupEvent());

    assertThat(first.begun.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(second.begun.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void anErrorResponseWarmsAsWellAsASuccess() throws Exception {
    WarmUp warmUp =
        new WarmUp(
            List.of(
                new Client() {
                  @Override
                  public void warm() {
                    throw new IllegalStateException("PERMISSION_DENIED");
                  }
                }));
    warmUp.begin(new StartupEvent());

    awaitUp(warmUp);
  }

  @Test
  void withNothingToWarmAFunctionIsReady() {
    assertThat(new WarmUp(List.of()).call().getStatus()).isEqualTo(Status.UP);
  }

  private static void awaitUp(WarmUp warmUp) {
    while (warmUp.call().getStatus() != Status.UP) {
      Thread.onSpinWait();
    }
  }

  private static class Client implements Warm {
    final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    @Override
    public String name() {
      return "a client";
    }

    @Override
    public void warm() throws Exception {
      begun.countDown();
      ended.await();
    }

    void end() {
      ended.countDown();
    }
  }
}
