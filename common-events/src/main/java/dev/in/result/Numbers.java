package dev.in.result;

/** What JSON cannot hold must not get into a result. */
final class Numbers {
  private Numbers() {}

  static void requireFinite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(name + " is not a finite number");
    }
  }
}
