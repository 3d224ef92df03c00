package dev.in.runner.report;

import static java.util.Objects.requireNonNull;

/**
 * Something that is known of a picture.
 *
 * @param code whether it is for machines rather than for people
 */
record Fact(String name, String value, boolean code) {

  Fact {
    requireNonNull(name, "name is null");
    requireNonNull(value, "value is null");
  }

  static Fact of(String name, String value) {
    return new Fact(name, value, false);
  }

  static Fact code(String name, String value) {
    return new Fact(name, value, true);
  }
}
