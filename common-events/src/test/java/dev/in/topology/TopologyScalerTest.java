package dev.in.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.in.topology.Topology.Backoff;
import dev.in.topology.Topology.Clocks;
import dev.in.topology.Topology.Subscription;
import dev.in.topology.Topology.Tick;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopologyScalerTest {
  private static final Topology TOPOLOGY = Topology.load();

  @Test
  void everyDurationIsDivided() {
    Topology scaled = TOPOLOGY.scaled(1000);
    assertThat(scaled.clocks())
        .isEqualTo(
            new Clocks(
                Duration.ofMillis(60),
                Duration.ofMillis(90),
                Duration.ofMillis(120),
                Duration.ofMillis(150),
                new Backoff(Duration.ofMillis(1), Duration.ofMillis(300)),
                Duration.ofMillis(21_600),
                Duration.ofMillis(900),
                Duration.ofMillis(25_200),
                Duration.ofMillis(604_800),
                Duration.ofMillis(7_776_000),
                Duration.ofMillis(3_456_000)));
    Subscription sync = scaled.subscriptions().get("sync");
    assertThat(sync.ackDeadline()).isEqualTo(Duration.ofMillis(150));
    assertThat(sync.backoff()).isEqualTo(new Backoff(Duration.ofMillis(1), Duration.ofMillis(600)));
    assertThat(sync.retention()).isEqualTo(Duration.ofMillis(2_678_400));
    assertThat(scaled.functions().get("recovery").tick())
        .contains(new Tick("/reconcile", Duration.ofMillis(300)));
  }

  @Test
  void nothingElseChanges() {
    Topology scaled = TOPOLOGY.scaled(10);
    assertThat(scaled.chain()).isEqualTo(TOPOLOGY.chain());
    assertThat(scaled.topics()).isEqualTo(TOPOLOGY.topics());
    assertThat(scaled.functions().get("download")).isEqualTo(TOPOLOGY.functions().get("download"));
    assertThat(scaled.functions().keySet())
        .containsExactlyElementsOf(TOPOLOGY.functions().keySet());
    assertThat(scaled.deadLetter()).isEqualTo(TOPOLOGY.deadLetter());
    assertThat(scaled.subscriptions().keySet())
        .containsExactlyElementsOf(TOPOLOGY.subscriptions().keySet());
    assertThat(scaled.subscriptions().values())
        .zipSatisfy(
            TOPOLOGY.subscriptions().values(),
            (after, before) -> {
              assertThat(after.name()).isEqualTo(before.name());
              assertThat(after.topic()).isEqualTo(before.topic());
              assertThat(after.function()).isEqualTo(before.function());
              assertThat(after.filter()).isEqualTo(before.filter());
              assertThat(after.enabled()).isEqualTo(before.enabled());
              assertThat(after.deadLetter()).isEqualTo(before.deadLetter());
            });
  }

  @Test
  void aScaleOfOneChangesNothing() {
    assertThat(TOPOLOGY.scaled(1)).isEqualTo(TOPOLOGY);
  }

  @Test
  void noDurationVanishes() {
    assertThat(TOPOLOGY.scaled(1e12).clocks().documentTtl()).isEqualTo(Duration.ofMillis(1));
  }

  @Test
  void aScaleBelowOneStretches() {
    assertThat(TOPOLOGY.scaled(0.5).clocks().lease()).isEqualTo(Duration.ofSeconds(180));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN})
  void aScaleThatIsNotPositiveIsRefused(double scale) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TOPOLOGY.scaled(scale))
        .withMessage("the time scale must be greater than 0: " + scale);
  }
}
