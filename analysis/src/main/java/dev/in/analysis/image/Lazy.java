package dev.in.analysis.image;

import static java.util.Objects.requireNonNull;

import java.util.function.Supplier;

/** Computes a value when it is first asked for, and once. */
final class Lazy<T> implements Supplier<T> {
  private final Supplier<T> source;
  private T value;

  Lazy(Supplier<T> source) {
    this.source = requireNonNull(source, "source is null");
  }

  @Override
  public synchronized T get() {
    if (value == null) {
      value = requireNonNull(source.get(), "source gave null");
    }
    return value;
  }
}
