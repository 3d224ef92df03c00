package dev.in.emulator.pubsub.filter;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/**
 * Which messages a subscription receives, judged by their attributes alone. The language is that of
 * Pub/Sub's "Filter messages from a subscription" page.
 */
public sealed interface Filter {

  /** The longest filter, in bytes of UTF-8. */
  int MAX_BYTES = 256;

  boolean matches(Map<String, String> attributes);

  /** Everything passes: a subscription without a filter. */
  static Filter everything() {
    return new Everything();
  }

  /**
   * Reads a filter; an empty one lets everything pass.
   *
   * @throws IllegalArgumentException with a reason, when Pub/Sub would refuse it
   */
  static Filter parse(String text) {
    requireNonNull(text, "text is null");
    return text.isBlank() ? everything() : FilterParser.parse(text);
  }

  record Everything() implements Filter {
    @Override
    public boolean matches(Map<String, String> attributes) {
      return true;
    }
  }

  /** {@code attributes:key} */
  record Has(String key) implements Filter {
    @Override
    public boolean matches(Map<String, String> attributes) {
      return attributes.containsKey(key);
    }
  }

  /** {@code attributes.key = "value"} */
  record Equal(String key, String value) implements Filter {
    @Override
    public boolean matches(Map<String, String> attributes) {
      return value.equals(attributes.get(key));
    }
  }

  /** {@code hasPrefix(attributes.key, "prefix")} */
  record HasPrefix(String key, String prefix) implements Filter {
    @Override
    public boolean matches(Map<String, String> attributes) {
      String value = attributes.get(key);
      return value != null && value.startsWith(prefix);
    }
  }

  /** {@code NOT x}; also {@code !=}, which a message without the attribute passes. */
  record Not(Filter filter) implements Filter {
    @Override
    public boolean matches(Map<String, String> attributes) {
      return !filter.matches(attributes);
    }
  }

  record And(List<Filter> all) implements Filter {
    @Override
    public boolean matches(Map<String, String> attributes) {
      return all.stream().allMatch(filter -> filter.matches(attributes));
    }
  }

  record Or(List<Filter> any) implements Filter {
    @Override
    public boolean matches(Map<String, String> attributes) {
      return any.stream().anyMatch(filter -> filter.matches(attributes));
    }
  }
}
