package dev.in.emulator.storage.http;

import static java.util.Objects.requireNonNull;

import dev.in.emulator.counters.Counters;

/**
 * Counts what Cloud Storage bills, under {@code storage.classA} and {@code storage.classB}, and
 * again for each call ({@code storage.classA/storage.objects.insert}). Refused calls are free.
 */
public final class StorageUsage {
  private final Counters counters;

  public StorageUsage(Counters counters) {
    this.counters = requireNonNull(counters, "counters is null");
  }

  public void count(Operation operation) {
    switch (operation.billing()) {
      case CLASS_A -> count("storage.classA", operation);
      case CLASS_B -> count("storage.classB", operation);
      case FREE -> {}
    }
  }

  private void count(String billed, Operation operation) {
    counters.add(billed, 1);
    counters.add(billed + "/" + operation.callName(), 1);
  }
}
