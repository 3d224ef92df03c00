package dev.in.emulator.pubsub.api;

import static dev.in.emulator.pubsub.config.Checks.check;

import java.util.List;
import java.util.function.Function;

/** Cuts a list, sorted by name, into pages. A page's token is the last name before it. */
final class Pages {
  private static final int DEFAULT_SIZE = 100;

  private Pages() {}

  /**
   * @param token empty when this is the last page
   */
  record Page<T>(List<T> items, String token) {}

  static <T> Page<T> of(List<T> all, Function<T, String> name, int size, String token) {
    check(size >= 0, "page_size must not be negative");
    int most = size == 0 ? DEFAULT_SIZE : size;
    List<T> rest = all.stream().filter(one -> name.apply(one).compareTo(token) > 0).toList();
    if (rest.size() <= most) {
      return new Page<>(rest, "");
    }
    List<T> page = rest.subList(0, most);
    return new Page<>(page, name.apply(page.getLast()));
  }
}
