package dev.in.modules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The races that docs/reliability.md lists are tests that exist. */
class ReliabilityPageTest {
  /** A test as the page names it: {@code Class.method}. */
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+Test)\\.([a-z]\\w+)`");

  private static final Pattern RACE = Pattern.compile("(?m)^\\| ([^|]+) \\| (`[^|]+`) \\|$");

  @Test
  void everyNamedRaceHasATestThatExists() throws IOException {
    String page = Files.readString(Modules.root().resolve("docs/reliability.md"));
    String section = page.split("(?m)^## Races$")[1].split("(?m)^## ")[0];
    List<MatchResult> races = RACE.matcher(section).results().toList();

    assertThat(races).hasSize(13);
    for (MatchResult race : races) {
      List<MatchResult> tests = TEST.matcher(race.group(2)).results().toList();
      assertThat(tests).as(race.group(1)).isNotEmpty();
      for (MatchResult test : tests) {
        assertThat(Files.readString(source(test.group(1))))
            .containsPattern("@Test\\s+void " + test.group(2) + "\\(");
      }
    }
  }

  private static Path source(String name) throws IOException {
    try (Stream<Path> files = Files.walk(Modules.root())) {
      return files
          .filter(file -> file.endsWith(name + ".java"))
          .filter(file -> !file.toString().contains("/target/"))
          .findFirst()
          .orElseThrow(() -> new AssertionError("there is no " + name));
    }
  }
}
