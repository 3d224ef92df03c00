package dev.in.runner.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CasesTest {
  private final List<String> printed = new ArrayList<>();
  private final Cases cases = new Cases(one -> printed.add(one.json()));

  @Test
  void eachCaseIsOneCompactObject() {
    cases.add("a", List.of(), "completed");
    cases.add("b", List.of("a lease is left on ai", "objects: []"), "completed");

    assertThat(printed)
        .containsExactly(
            "{\"case\":\"a\",\"ok\":true,\"detail\":\"completed\"}",
            "{\"case\":\"b\",\"ok\":false,\"detail\":\"a lease is left on ai; objects: []\"}");
  }

  @Test
  void theTableHasARowForEachCase() {
    cases.add("a", List.of(), "completed");
    cases.add("b", List.of("wrong"), "");

    assertThat(cases.markdown())
        .containsExactly(
            "| case | verdict | detail |",
            "|---|---|---|",
            "| a | holds | completed |",
            "| b | **fails** | wrong |");
  }

  @Test
  void theyHoldOnlyIfEachOneDoes() {
    cases.add("a", List.of(), "completed");
    assertThat(cases.hold()).isTrue();

    cases.add("b", List.of("wrong"), "");
    assertThat(cases.hold()).isFalse();
  }

  @Test
  void withoutACaseNothingIsShown() {
    assertThat(cases.hold()).isFalse();
  }
}
