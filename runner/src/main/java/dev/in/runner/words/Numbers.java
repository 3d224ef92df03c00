package dev.in.runner.words;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them; the web page writes them likewise (edge/page/show/format.ts). */
public final class Numbers {
  private Numbers() {}

  public static String duration(Duration time) {
    long ms = Math.max(0, time.toMillis());
    if (ms < 1_000) {
      return ms + " ms";
    }
    if (ms < 59_950) {
      return String.format(Locale.ROOT, "%.1f s", ms / 1e3);
    }
    long seconds = Math.round(ms / 1e3);
    return seconds < 3_600
        ? "%d min %d s".formatted(seconds / 60, seconds % 60)
        : "%d h %d min".formatted(seconds / 3_600, seconds % 3_600 / 60);
  }

  public static String bytes(long count) {
    if (count < 1_000) {
      return count + " bytes";
    }
    return count < 999_500
        ? Math.round(count / 1e3) + " kB"
        : String.format(Locale.ROOT, "%.1f MB", count / 1e6);
  }

  /**
   * @param fraction 0 to 1
   */
  public static String percent(double fraction) {
    return fraction > 0 && fraction < 0.01 ? "under 1 %" : Math.round(fraction * 100) + " %";
  }

  /** With one digit after the point where it is not a whole number. */
  public static String shortest(double value) {
    double rounded = Math.round(value * 10) / 10.0;
    return rounded == Math.rint(rounded)
        ? Long.toString((long) rounded)
        : String.format(Locale.ROOT, "%.1f", rounded);
  }

  public static String of(int count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }
}
