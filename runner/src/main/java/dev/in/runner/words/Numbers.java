package dev.in.runner.words;

import java.time.Duration;
import java.util.Locale;

/**
 * Numbers as text for people; the web page writes durations likewise (edge/page/result/format.ts).
 */
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

  public static String of(int count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }
}
