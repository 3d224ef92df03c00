package dev.in.runner.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnsTest {
  @ParameterizedTest
  @CsvSource({
    "harbour.jpg, 11",
    "港.jpg, 6",
    "한글, 4",
    "é, 1",
    "e\u0301, 1",
    "👩‍👩‍👧‍👦, 2",
    "✓, 1",
    "…, 1",
    "'', 0"
  })
  void aTextTakesAsManyAsATerminalGivesIt(String text, int columns) {
    assertThat(Columns.of(text)).isEqualTo(columns);
  }

  @ParameterizedTest
  @CsvSource({
    "harbour-at-dusk.jpg, 19, harbour-at-dusk.jpg",
    "harbour-at-dusk.jpg, 10, harbo….jpg",
    "harbour-at-dusk.jpg, 2, h…",
    "harbour-at-dusk.jpg, 1, …",
    "harbour-at-dusk.jpg, 0, ''",
    "港の夕暮れ.jpg, 10, 港の….jpg",
    "港の夕暮れ.jpg, 9, 港の….jpg",
    "👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦, 5, 👩‍👩‍👧‍👦…👩‍👩‍👧‍👦"
  })
  void aTooLongOneLosesItsMiddleAndNoLetterIsTakenApart(String text, int room, String expected) {
    assertThat(Columns.shortened(text, room)).isEqualTo(expected);
  }

  @Test
  void linesBreakBetweenWordsAndInsideOfOneOnlyWhereTheyMust() {
    assertThat(Columns.wrapped("This is an image: abcdefghijklmnop", 10))
        .containsExactly("This is an", "image:", "abcdefghij", "klmnop");
    assertThat(Columns.wrapped("港の夕暮れ", 5)).containsExactly("港の", "夕暮", "れ");
  }

  @Test
  void aControlCharacterDoesNotReachTheTerminal() {
    assertThat(Columns.printable("a\u001b[2J\nb")).isEqualTo("a?[2J?b");
  }
}
