package dev.in.tagindexer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people call a colour. */
class ColorTermTest {

  @ParameterizedTest
  @CsvSource({
    "#000000, black",
    "#0c0c14, black",
    "#ffffff, white",
    "#f2f2ef, white",
    "#808080, gray",
    "#b0b4b8, gray",
    "#ff0000, red",
    "#8b0000, red",
    "#dc143c, red",
    "#ff8c00, orange",
    "#ffd700, yellow",
    "#ffff00, yellow",
    "#00ff00, green",
    "#228b22, green",
    "#556b2f, green",
    "#1e90ff, blue",
    "#000080, blue",
    "#87ceeb, blue",
    "#800080, purple",
    "#8a2be2, purple",
    "#ffc0cb, pink",
    "#ff69b4, pink",
    "#8b4513, brown",
    "#654321, brown",
  })
  void aColorHasTheTermThatPeopleUse(String rgb, String term) {
    assertThat(ColorTerm.of(rgb).word()).isEqualTo(term);
  }
}
