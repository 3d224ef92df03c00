package dev.in.emulator.pubsub;

import java.util.ArrayDeque;
import java.util.List;
import java.util.function.ToLongFunction;

/** The last so many things, and no more bytes than that: what tests read back. Thread-safe. */
final class Ring<T> {
  private final int maxItems;
  private final long maxBytes;
  private final ToLongFunction<T> size;
  private final ArrayDeque<T> items = new ArrayDeque<>();
  private long bytes;

  Ring(int maxItems, long maxBytes, ToLongFunction<T> size) {
    this.maxItems = maxItems;
    this.maxBytes = maxBytes;
    this.size = size;
  }

  synchronized void add(T item) {
    items.add(item);
    bytes += size.applyAsLong(item);
    while (items.size() > maxItems || (bytes > maxBytes && items.size() > 1)) {
      bytes -= size.applyAsLong(items.removeFirst());
    }
  }

  synchronized List<T> items() {
    return List.copyOf(items);
  }

  synchronized void clear() {
    items.clear();
    bytes = 0;
  }
}
