package dev.in.runner.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

  @Test
  void aSampleHasOneCaseOfEachFailureWhateverTheSeed() {
    List<CrashPoint> points =
        IntStream.rangeClosed(1, 50)
            .boxed()
            .flatMap(
                number ->
                    Stream.of(CrashPoint.Failure.values())
                        .map(failure -> new CrashPoint("a.call", number, failure)))
            .toList();
    for (int seed = 0; seed < 100; seed++) {
      List<CrashPoint> sample = CrashpointsDrill.choose(points, new DrillOptions(seed, 0, 6));

      assertThat(sample).hasSize(6).doesNotHaveDuplicates();
      assertThat(sample).extracting(CrashPoint::failure).contains(CrashPoint.Failure.values());
    }
    assertThat(CrashpointsDrill.choose(points, new DrillOptions(1, 0, 6)))
        .isEqualTo(CrashpointsDrill.choose(points, new DrillOptions(1, 0, 6)))
        .isNotEqualTo(CrashpointsDrill.choose(points, new DrillOptions(2, 0, 6)));
    assertThat(CrashpointsDrill.choose(points, new DrillOptions(1, 0, 0))).isEqualTo(points);
  }

  @Test
  void p95IsTheSmallestThatNineteenOfTwentyDoNotExceed() {
    List<Duration> times =
        IntStream.rangeClosed(1, 100).mapToObj(Duration::ofMillis).toList().reversed();

    assertThat(PoisonDrill.p95(times)).isEqualTo(Duration.ofMillis(95));
    assertThat(PoisonDrill.p95(times.subList(0, 1))).isEqualTo(Duration.ofMillis(100));
  }
}
