package dev.in.runner.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
  void theTableReplacesTheOneBetweenTheMarksAndNothingElse(@TempDir Path folder) throws Exception {
    Path page = folder.resolve("page.md");
    Files.writeString(page, "before\n<!-- rows of x -->\n| old |\n<!-- end -->\nafter\n");
    cases.add("a $1", List.of(), "completed");

    cases.writeTable(page, "./in drill y");
    cases.writeTable(folder.resolve("new.md"), "./in drill y");

    String table =
        "<!-- rows of ./in drill y -->\n| case | verdict | detail |\n|---|---|---|\n"
            + "| a $1 | holds | completed |\n<!-- end -->\n";
    assertThat(page).hasContent("before\n" + table + "after\n");
    assertThat(folder.resolve("new.md")).hasContent(table);
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
