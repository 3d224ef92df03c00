package dev.in.runner.drill;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChainUsageTest {
  private static final ChainUsage CLEAN = new ChainUsage(100, 20, 10);

  @Test
  void aTenthMoreIsAllowedAndNoMore() {
    assertThat(new ChainUsage(100, 21.99, 10).problemsBeside(CLEAN)).isEmpty();
    assertThat(new ChainUsage(100, 22.01, 10).problemsBeside(CLEAN))
        .containsExactly(
            "too much CPU: CPU 220 ms an image, clean 200: ratio 1.10;"
                + " nacks 10 of 100 images, clean 10 of 100");
  }

  @Test
  void nacksCountByImage() {
    // 0.1 an image in the clean run: a tenth more, and one stray one in a hundred images.
    assertThat(new ChainUsage(200, 40, 24).problemsBeside(CLEAN)).isEmpty();
    assertThat(new ChainUsage(200, 40, 25).problemsBeside(CLEAN))
        .containsExactly(
            "too many nacks: CPU 200 ms an image, clean 200: ratio 1.00;"
                + " nacks 25 of 200 images, clean 10 of 100");
  }

  @Test
  void lessIsNoProblem() {
    assertThat(new ChainUsage(100, 10, 0).problemsBeside(CLEAN)).isEmpty();
  }

  @Test
  void roundsAddUp() {
    assertThat(CLEAN.plus(new ChainUsage(50, 1.5, 2))).isEqualTo(new ChainUsage(150, 21.5, 12));
  }
}
