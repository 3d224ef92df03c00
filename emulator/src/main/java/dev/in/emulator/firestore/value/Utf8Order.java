package dev.in.emulator.firestore.value;

import java.util.Comparator;

/** Orders strings by their UTF-8 bytes, as Firestore does, without encoding them. */
public final class Utf8Order implements Comparator<String> {
  public static final Utf8Order INSTANCE = new Utf8Order();

  private Utf8Order() {}

  @Override
  public int compare(String left, String right) {
    int common = Math.min(left.length(), right.length());
    for (int i = 0; i < common; i++) {
      char l = left.charAt(i);
      char r = right.charAt(i);
      if (l != r) {
        boolean lSurrogate = Character.isSurrogate(l);
        // UTF-16 puts U+E000..U+FFFF after the surrogates; UTF-8 puts them before.
        return lSurrogate == Character.isSurrogate(r)
            ? Character.compare(l, r)
            : lSurrogate ? 1 : -1;
      }
    }
    return Integer.compare(left.length(), right.length());
  }
}
