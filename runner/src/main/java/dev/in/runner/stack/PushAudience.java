package dev.in.runner.stack;

import static java.util.Objects.requireNonNull;

/**
 * The audiences of functions: one for each, so that what one of them is sent is of no use at
 * another.
 *
 * @param prefix Terraform's {@code push_audience}
 */
public record PushAudience(String prefix) {
  public PushAudience {
    requireNonNull(prefix, "prefix is null");
  }

  /** That of one function, as Terraform makes it. */
  public String of(String function) {
    return prefix + "-" + function;
  }
}
