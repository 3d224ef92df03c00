package dev.in.runner.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HistoryCheckTest {
  private static final Set<String> PUBLISHED = Set.of("a", "b");

  @Test
  void everyEventOnceInAnyOrder() {
    assertThat(HistoryCheck.problems("t1", PUBLISHED, List.of("b", "a"))).isEmpty();
  }

  @Test
  void whatIsMissingThereTwiceOrOfNobodyIsAProblem() {
    assertThat(HistoryCheck.problems("t1", PUBLISHED, List.of("a", "c", "a")))
        .containsExactly(
            "the history of t1 misses [b]",
            "the history of t1 has more than once [a]",
            "the history of t1 has what nobody published: [c]");
  }
}
