package dev.in.analysis.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.in.analysis.model.Tensor;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CtcDecoderTest {
  /** Classes: 0 blank, 1 a, 2 b, 3 space. */
  private final CtcDecoder decoder = new CtcDecoder(List.of("a", "b", " "));

  @Test
  void aRunOfColumnsIsOneCharacterAndABlankParts() {
    assertThat(text("a a - a b b")).isEqualTo("aab");
  }

  @Test
  void aCharacterIsAsSureAsItsSurestColumnAndLiesWhereItsColumnsAre() {
    Recognition line =
        decoder.decode(
            columns(
                new float[] {0.2f, 0.8f, 0, 0},
                new float[] {0.1f, 0.9f, 0, 0},
                new float[] {1, 0, 0, 0},
                new float[] {1, 0, 0, 0}),
            1);

    assertThat(line.glyphs()).hasSize(1);
    assertThat(line.confidence()).isEqualTo(0.9, within(1e-6));
    assertThat(line.glyphs().getFirst().start()).isEqualTo(0);
    assertThat(line.glyphs().getFirst().end()).isEqualTo(0.5);
  }

  @Test
  void aBlankThatMightBeASpaceIsOneBetweenCharacters() {
    assertThat(decode(a(), nearlySpace(), b())).isEqualTo("a b");
    assertThat(decode(nearlySpace(), a(), nearlySpace())).isEqualTo("a");
    assertThat(decode(a(), new float[] {0.98f, 0, 0, 0.02f}, b())).isEqualTo("ab");
  }

  @Test
  void aSpaceIsNotWrittenTwice() {
    assertThat(decode(a(), nearlySpace(), new float[] {0, 0, 0, 1}, nearlySpace(), b()))
        .isEqualTo("a b");
  }

  @Test
  void paddingOnTheRightDoesNotShiftTheCharacters() {
    Recognition line = decoder.decode(columns(a(), b(), blank(), blank()), 0.5);

    assertThat(line.glyphs().getLast().start()).isEqualTo(0.5);
    assertThat(line.glyphs().getLast().end()).isEqualTo(1);
  }

  @Test
  void aDictionaryThatDoesNotFitTheNetworkIsAFault() {
    assertThatThrownBy(() -> new CtcDecoder(List.of("a", " ")).decode(columns(a()), 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("4 classes for 2 characters");
  }

  private String text(String classes) {
    float[][] columns =
        List.of(classes.split(" ")).stream()
            .map(name -> name.equals("a") ? a() : name.equals("b") ? b() : blank())
            .toArray(float[][]::new);
    return decode(columns);
  }

  private String decode(float[]... columns) {
    return decoder.decode(columns(columns), 1).glyphs().stream()
        .map(Recognition.Glyph::text)
        .collect(Collectors.joining());
  }

  private static Tensor columns(float[]... columns) {
    float[] values = new float[columns.length * 4];
    for (int i = 0; i < columns.length; i++) {
      System.arraycopy(columns[i], 0, values, i * 4, 4);
    }
    return new Tensor(values, new long[] {1, columns.length, 4});
  }

  private static float[] a() {
    return new float[] {0, 1, 0, 0};
  }

  private static float[] b() {
    return new float[] {0, 0, 1, 0};
  }

  private static float[] blank() {
    return new float[] {1, 0, 0, 0};
  }

  private static float[] nearlySpace() {
    return new float[] {0.8f, 0, 0, 0.2f};
  }
}
