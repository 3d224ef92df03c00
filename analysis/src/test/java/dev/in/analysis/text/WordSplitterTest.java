package dev.in.analysis.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.in.analysis.text.ReadLine.ReadWord;
import dev.in.analysis.text.Recognition.Glyph;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordSplitterTest {
  /** A hundred pixels from x = 200. */
  private static final TextBox LINE = new TextBox(250, 40, 100, 20, 0, 1);

  @Test
  void wordsLieWhereTheirCharactersDoAndNeverOverlap() {
    List<ReadWord> words = WordSplitter.split(line("ab cde"), LINE);

    assertThat(words).extracting(ReadWord::text).containsExactly("ab", "cde");
    TextBox first = words.getFirst().box();
    TextBox second = words.getLast().box();
    assertThat(first.left()).isCloseTo(200, within(0.5));
    assertThat(first.right()).isCloseTo(233, within(0.5));
    assertThat(second.left()).isCloseTo(250, within(0.5));
    assertThat(second.right()).isCloseTo(300, within(0.5));
    assertThat(first.right()).isLessThanOrEqualTo(second.left());
  }

  @Test
  void spacesAtTheEndsAndInARowMakeNoWords() {
    assertThat(WordSplitter.split(line("  a  b "), LINE))
        .extracting(ReadWord::text)
        .containsExactly("a", "b");
    assertThat(WordSplitter.split(line("   "), LINE)).isEmpty();
    assertThat(WordSplitter.split(line(""), LINE)).isEmpty();
  }

  @Test
  void fullWidthPunctuationIsKeptOnlyAmongIdeographs() {
    assertThat(WordSplitter.split(line("a\uFF0Cb\uFF01"), LINE))
        .extracting(ReadWord::text)
        .containsExactly("a,b!");
    assertThat(WordSplitter.split(line("\u4F60\uFF0C\u597D"), LINE))
        .extracting(ReadWord::text)
        .containsExactly("\u4F60\uFF0C\u597D");
  }

  /** Characters of equal width over the whole line. */
  private static Recognition line(String text) {
    List<Glyph> glyphs = new ArrayList<>();
    double width = 1.0 / Math.max(1, text.length());
    for (int i = 0; i < text.length(); i++) {
      glyphs.add(new Glyph(text.substring(i, i + 1), 0.9, i * width, (i + 1) * width));
    }
    return new Recognition(glyphs);
  }
}
