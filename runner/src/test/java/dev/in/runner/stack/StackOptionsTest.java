package dev.in.runner.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.topology.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StackOptionsTest {
  private static final Topology TOPOLOGY = Topology.load();

  @Test
  void everyFunctionOfTheTopologyRunsUnlessLessIsAskedFor() {
    assertThat(StackOptions.defaults().functions(TOPOLOGY))
        .containsExactlyInAnyOrderElementsOf(TOPOLOGY.functions().keySet());
  }

  @ParameterizedTest
  @EnumSource(names = {"CHAIN", "WITHOUT_SIDE_CONSUMERS"})
  void withoutSideConsumersNoneIsStartedByTheClockEither(StackExtent extent) {
    assertThat(StackOptions.defaults().withExtent(extent).functions(TOPOLOGY))
        .containsExactlyInAnyOrder("download", "metadata", "ai", "sync", "recovery");
  }
}
