package dev.in.analysis.text;

/** Counts how many characters have to be changed, added or removed to get from text to text. */
final class CharacterErrors {
  private CharacterErrors() {}

  /** Returns the errors as a share of the expected text's length; spaces count. */
  static double rate(String expected, String actual) {
    int[] previous = new int[actual.length() + 1];
    for (int j = 0; j <= actual.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= expected.length(); i++) {
      int[] current = new int[actual.length() + 1];
      current[0] = i;
      for (int j = 1; j <= actual.length(); j++) {
        int change = expected.charAt(i - 1) == actual.charAt(j - 1) ? 0 : 1;
        current[j] = Math.min(previous[j - 1] + change, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return (double) previous[actual.length()] / expected.length();
  }
}
