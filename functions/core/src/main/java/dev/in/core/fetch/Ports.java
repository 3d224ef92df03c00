package dev.in.core.fetch;

import java.util.OptionalInt;

/** Port numbers as URLs write them. */
final class Ports {
  private Ports() {}

  /** Empty if it is no port from 1 to 65535. */
  static OptionalInt parse(String digits) {
    if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return OptionalInt.empty();
    }
    String significant = digits.replaceFirst("^0+", "");
    if (significant.isEmpty() || significant.length() > 5) {
      return OptionalInt.empty();
    }
    int port = Integer.parseInt(significant);
    return port <= 65535 ? OptionalInt.of(port) : OptionalInt.empty();
  }
}
