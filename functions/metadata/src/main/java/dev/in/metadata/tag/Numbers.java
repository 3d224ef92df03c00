package dev.in.metadata.tag;

import com.drew.lang.Rational;
import java.util.Arrays;
import java.util.Optional;

/** The library keeps one value as it is and several as an array, each in the file's type. */
final class Numbers {
  private Numbers() {}

  /** NaN for a ratio without a denominator; empty for what holds no numbers. */
  static Optional<double[]> of(Object value) {
    return switch (value) {
      case Rational ratio -> Optional.of(new double[] {decimal(ratio)});
      case Rational[] ratios ->
          Optional.of(Arrays.stream(ratios).mapToDouble(Numbers::decimal).toArray());
      case Number number -> Optional.of(new double[] {number.doubleValue()});
      case int[] several -> Optional.of(Arrays.stream(several).asDoubleStream().toArray());
      case long[] several -> Optional.of(Arrays.stream(several).asDoubleStream().toArray());
      case double[] several -> Optional.of(several);
      default -> Optional.empty();
    };
  }

  private static double decimal(Rational ratio) {
    return ratio.getDenominator() == 0
        ? Double.NaN
        : (double) ratio.getNumerator() / ratio.getDenominator();
  }
}
