package dev.in.sync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.in.core.stage.AiOutput;
import dev.in.core.task.TaskStatus;
import dev.in.core.testing.TestTask;
import dev.in.events.Feature;
import dev.in.events.Stage;
import dev.in.limits.Limits;
import dev.in.result.Analysis;
import dev.in.result.Box;
import dev.in.result.Label;
import dev.in.result.TextFindings;
import dev.in.result.TextLine;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A result that would be too long for the edge loses what weighs most, says so, and never loses its
 * verdict.
 */
class ResultViewTest {

  @Test
  void aResultThatFitsIsWhole() {
    ObjectNode result = result(lines(10, "line"), "cat");

    assertThat(result.path("analysis").path("text").path("lines")).hasSize(10);
    assertThat(result.toString()).doesNotContain("truncated");
  }

  @Test
  void aResultThatIsTooLongLosesItsTextsPlaces() {
    ObjectNode result = result(lines(300, "x".repeat(300)), "cat");

    assertThat(bytes(result)).isLessThanOrEqualTo(Limits.MAX_RESULT_BYTES);
    assertThat(result.path("analysis").path("text").path("lines")).isEmpty();
    assertThat(result.path("analysis").path("text").path("truncated").asBoolean()).isTrue();
    assertThat(result.path("analysis").has("truncated")).isFalse();
    assertThat(result.path("analysis").path("text").path("full").asText()).isEqualTo("all of it");
    assertThat(result.path("analysis").path("labels")).hasSize(1);
  }

  @Test
  void aResultThatIsStillTooLongLosesItsFindings() {
    ObjectNode result = result(lines(1, "line"), "x".repeat(70_000));

    assertThat(bytes(result)).isLessThanOrEqualTo(Limits.MAX_RESULT_BYTES);
    assertThat(result.path("analysis").toString())
        .isEqualTo(
            """
            {"provider":"vision","features":["text","labels"],"unavailable":[],"truncated":true}\
            """);
    assertThat(result.path("width").asInt()).isEqualTo(640);
  }

  private static ObjectNode result(List<TextLine> lines, String label) {
    Analysis analysis =
        new Analysis(
            "vision",
            List.of(Feature.TEXT, Feature.LABELS),
            Optional.of(new TextFindings("all of it", lines, false)),
            Optional.empty(),
            Optional.of(List.of(new Label(label, 0.5))),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            false);
    return ResultView.of(
        TestTask.document(
            TaskStatus.COMPLETED,
            Map.of(
                Stage.DOWNLOAD,
                TestTask.completed(Stage.DOWNLOAD),
                Stage.METADATA,
                TestTask.completed(Stage.METADATA),
                Stage.AI,
                TestTask.completed(Stage.AI, new AiOutput(analysis)))),
        TestTask.START.plusSeconds(2));
  }

  private static List<TextLine> lines(int count, String text) {
    return Collections.nCopies(count, new TextLine(text, 0.9, new Box(1, 2, 3, 4)));
  }

  private static int bytes(ObjectNode json) {
    return json.toString().getBytes(UTF_8).length;
  }
}
