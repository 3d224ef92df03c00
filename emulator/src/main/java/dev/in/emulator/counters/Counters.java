package dev.in.emulator.counters;

import static java.util.Objects.requireNonNull;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What was called and what would have been billed, by name. Every call that reaches the local cloud
 * is counted under its name; services add their own billable units ({@code
 * firestore.documents.read}).
 */
public final class Counters {
  private final ConcurrentMap<String, LongAdder> counts = new ConcurrentHashMap<>();

  public void add(String name, long amount) {
    requireNonNull(name, "name is null");
    LongAdder count = counts.get(name);
    if (count == null) {
      count = counts.computeIfAbsent(name, unused -> new LongAdder());
    }
    count.add(amount);
  }

  /** What was counted under a name since the start or the last reset; 0 if nothing was. */
  public long get(String name) {
    LongAdder count = counts.get(requireNonNull(name, "name is null"));
    return count == null ? 0 : count.sum();
  }

  public SortedMap<String, Long> snapshot() {
    SortedMap<String, Long> snapshot = new TreeMap<>();
    counts.forEach((name, count) -> snapshot.put(name, count.sum()));
    return snapshot;
  }

  public void reset() {
    counts.clear();
  }
}
