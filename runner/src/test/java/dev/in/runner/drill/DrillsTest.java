package dev.in.runner.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DrillsTest {
  @Test
  void eachHasASectionOfItsOwnInTheDocumentation() throws Exception {
    String page = Files.readString(Path.of("../docs/operations/drills.md"));
    List<String> sections =
        Pattern.compile("^## `([a-z-]+)`$", Pattern.MULTILINE)
            .matcher(page)
            .results()
            .map((MatchResult match) -> match.group(1))
            .toList();

    assertThat(sections).isEqualTo(Drills.ALL.stream().map(Drill::name).toList());
  }

  @Test
  void aCrashPointIsOneRuleOfTheLocalCloud() {
    CrashPoint point =
        new CrashPoint("google.firestore.v1.Firestore/Commit", 2, CrashPoint.Failure.KILLED_AFTER);

    assertThat(point.rule())
        .isEqualToIgnoringWhitespace(
            """
            {"calls":"google.firestore.v1.Firestore/Commit","effect":"killAfter",
             "code":"UNAVAILABLE","when":{"nth":[2]}}
            """);
    assertThat(point.losesAVisionAnswer()).isFalse();
  }
}
