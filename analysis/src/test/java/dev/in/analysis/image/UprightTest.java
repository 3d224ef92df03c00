package dev.in.analysis.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.analysis.Box;
import dev.in.formats.header.Orientation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class UprightTest {
  /** Three by two, so that no two orientations look alike. */
  private static final Pixels STORED = new Pixels(3, 2, new int[] {1, 2, 3, 4, 5, 6});

  @ParameterizedTest
  @CsvSource({
    "1, 3, '1 2 3 4 5 6'",
    "2, 3, '3 2 1 6 5 4'",
    "3, 3, '6 5 4 3 2 1'",
    "4, 3, '4 5 6 1 2 3'",
    "5, 2, '1 4 2 5 3 6'",
    "6, 2, '4 1 5 2 6 3'",
    "7, 2, '6 3 5 2 4 1'",
    "8, 2, '3 6 2 5 1 4'"
  })
  void eachExifValueTurnsTheImageAsTheStandardSays(int exif, int width, String expected) {
    Pixels upright = STORED.upright(Orientation.ofExif(exif));

    int[] values = List.of(expected.split(" ")).stream().mapToInt(Integer::parseInt).toArray();
    assertThat(upright.width()).isEqualTo(width);
    assertThat(upright.rgb()).containsExactly(values);
    assertThat(Orientation.ofExif(exif).exif()).isEqualTo(exif);
  }

  @ParameterizedTest
  @EnumSource
  void aBoxFoundUprightComesBackToTheStoredPixelThatItHolds(Orientation orientation) {
    Pixels upright = STORED.upright(orientation);
    for (int y = 0; y < upright.height(); y++) {
      for (int x = 0; x < upright.width(); x++) {
        Box stored = new Box(x, y, 1, 1).toStored(orientation, 3, 2);

        assertThat(STORED.rgb()[stored.y() * 3 + stored.x()])
            .isEqualTo(upright.rgb()[y * upright.width() + x]);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBoxThatComesBackGoesThereAgain(Orientation orientation) {
    Box upright = new Box(1, 2, 3, 5);

    Box stored = upright.toStored(orientation, 11, 13);

    assertThat(stored.toUpright(orientation, 11, 13)).isEqualTo(upright);
  }

  @Test
  void aBoxKeepsItsLongSideAlongTheText() {
    Box stored = new Box(10, 20, 100, 15).toStored(Orientation.QUARTER_CLOCKWISE, 800, 600);

    assertThat(stored).isEqualTo(new Box(20, 490, 15, 100));
  }

  @ParameterizedTest
  @EnumSource
  void twoOrientationsInARowAreOne(Orientation first) {
    for (Orientation second : Orientation.values()) {
      assertThat(STORED.upright(first.then(second)).rgb())
          .as("%s then %s", first, second)
          .containsExactly(STORED.upright(first).upright(second).rgb());
    }
  }

  @Test
  void valuesOutsideOfTheStandardCountAsNone() {
    assertThat(Orientation.ofExif(0)).isEqualTo(Orientation.NORMAL);
    assertThat(Orientation.ofExif(9)).isEqualTo(Orientation.NORMAL);
    assertThat(Orientation.ofExif(-1)).isEqualTo(Orientation.NORMAL);
  }
}
