package dev.in.ai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.vision.v1.Paragraph;
import com.google.cloud.vision.v1.TextAnnotation;
import com.google.cloud.vision.v1.TextAnnotation.DetectedBreak.BreakType;
import dev.in.limits.Limits;
import dev.in.result.Box;
import dev.in.result.TextFindings;
import dev.in.result.TextLine;
import org.junit.jupiter.api.Test;

/** Vision's words as lines. */
class VisionTextTest {

  @Test
  void wordsAreJoinedToLinesAsTheirBreaksSay() {
    TextFindings text =
        VisionText.of(
            Texts.page(
                Paragraph.newBuilder()
                    .addWords(Texts.word("PLATFORM", BreakType.SPACE, 0, 0))
                    .addWords(Texts.word("9", BreakType.EOL_SURE_SPACE, 20, 4))
                    .addWords(Texts.word("foot", BreakType.HYPHEN, 0, 20))
                    .addWords(Texts.word("note", BreakType.LINE_BREAK, 0, 40)),
                Paragraph.newBuilder().addWords(Texts.word("end", BreakType.UNKNOWN, 0, 60))));

    assertThat(text.full()).isEqualTo("PLATFORM 9\nfoot-\nnote\nend");
    assertThat(text.lines())
        .containsExactly(
            new TextLine("PLATFORM 9", 0.9, new Box(0, 0, 28, 20)),
            new TextLine("foot-", 0.9, new Box(0, 20, 8, 16)),
            new TextLine("note", 0.9, new Box(0, 40, 8, 16)),
            new TextLine("end", 0.9, new Box(0, 60, 8, 16)));
    assertThat(text.truncated()).isFalse();
  }

  @Test
  void aImageWithoutTextHasNone() {
    assertThat(VisionText.of(TextAnnotation.getDefaultInstance()).full()).isEmpty();
  }

  @Test
  void moreLinesThanAnybodyReadsAreCut() {
    TextFindings text = VisionText.of(Texts.of(Limits.MAX_TEXT_LINES + 50, "line"));

    assertThat(text.lines()).hasSize(Limits.MAX_TEXT_LINES);
    assertThat(text.truncated()).isTrue();
  }

  @Test
  void aLongTextIsCutAfterALine() {
    String line = "ü".repeat(200);

    TextFindings text = VisionText.of(Texts.of(60, line));

    assertThat(text.lines()).hasSize(Limits.MAX_TEXT_BYTES / line.getBytes(UTF_8).length);
    assertThat(text.lines()).extracting(TextLine::text).containsOnly(line);
    assertThat(text.truncated()).isTrue();
  }

  @Test
  void nothingFollowsWhatWasCut() {
    TextFindings text =
        VisionText.of(
            Texts.page(
                Paragraph.newBuilder().addWords(Texts.word("first", BreakType.LINE_BREAK, 0, 0)),
                Paragraph.newBuilder()
                    .addWords(
                        Texts.word("x".repeat(Limits.MAX_TEXT_BYTES), BreakType.LINE_BREAK, 0, 20)),
                Paragraph.newBuilder().addWords(Texts.word("last", BreakType.LINE_BREAK, 0, 40))));

    assertThat(text.full()).isEqualTo("first");
    assertThat(text.truncated()).isTrue();
  }
}
