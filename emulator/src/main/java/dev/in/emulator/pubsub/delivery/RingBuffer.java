package dev.in.emulator.pubsub.delivery;

import java.util.ArrayDeque;
import java.util.List;
import java.util.function.ToLongFunction;

/** The last so many things, and no more bytes than that: what tests read back. Thread-safe. */
public final class RingBuffer<T> {
  private final int maxItems;
  private final long maxBytes;
  private final ToLongFunction<T> size;
  private final ArrayDeque<T> items = new ArrayDeque<>();
  private long bytes;

  public RingBuffer(int maxItems, long maxBytes, ToLongFunction<T> size) {
    this.maxItems = maxItems;
    this.maxBytes = maxBytes;
    this.size = size;
  }

  public synchronized void add(T item) {
    items.add(item);
    bytes += size.applyAsLong(item);
    while (items.size() > maxItems || (bytes > maxBytes && items.size() > 1)) {
      bytes -= size.applyAsLong(items.removeFirst());
    }
  }

  public synchronized List<T> items() {
    return List.copyOf(items);
  }

  public synchronized void clear() {
    items.clear();
    bytes = 0;
  }
}
