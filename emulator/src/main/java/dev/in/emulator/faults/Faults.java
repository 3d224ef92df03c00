package dev.in.emulator.faults;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/** Fault rules, which may be added and removed while the local cloud runs. */
public final class Faults {

  /**
   * A rule that is active.
   *
   * @param matched calls that its pattern has matched so far
   * @param hit calls that it has made fail
   */
  public record Active(String id, FaultRule rule, long matched, long hit) {}

  private final List<Entry> entries = new CopyOnWriteArrayList<>();
  private final AtomicLong nextId = new AtomicLong(1);

  /**
   * Adds a rule. Where several apply to a call, the one that was added first decides.
   *
   * @return its id, for {@link #remove}
   */
  public String add(FaultRule rule) {
    Entry entry =
        new Entry(String.valueOf(nextId.getAndIncrement()), requireNonNull(rule, "rule is null"));
    entries.add(entry);
    return entry.id;
  }

  /** Removes a rule; false when no rule has that id. */
  public boolean remove(String id) {
    return entries.removeIf(entry -> entry.id.equals(id));
  }

  public void clear() {
    entries.clear();
  }

  public List<Active> active() {
    List<Active> active = new ArrayList<>();
    entries.forEach(
        entry ->
            active.add(new Active(entry.id, entry.rule, entry.matched.get(), entry.hit.get())));
    return active;
  }

  /** The fault of this call, if any; counts the call. */
  public Optional<Effect.OnCall> onCall(String name) {
    return hit(name).map(Effect.OnCall.class::cast);
  }

  /** The fault of a delivery of that subscription, if any; counts the delivery. */
  public Optional<Effect.OnDelivery> onDelivery(String subscriptionId) {
    return hit(FaultRule.DELIVERY + subscriptionId).map(Effect.OnDelivery.class::cast);
  }

  private Optional<Effect> hit(String name) {
    Optional<Effect> effect = Optional.empty();
    for (Entry entry : entries) {
      if (entry.matches(name)
          && entry.rule.when().hits(entry.matched.incrementAndGet())
          && effect.isEmpty()) {
        entry.hit.incrementAndGet();
        effect = Optional.of(entry.rule.effect());
      }
    }
    return effect;
  }

  private static final class Entry {
    final String id;
    final FaultRule rule;
    final Pattern pattern;
    final AtomicLong matched = new AtomicLong();
    final AtomicLong hit = new AtomicLong();

    Entry(String id, FaultRule rule) {
      this.id = id;
      this.rule = rule;
      this.pattern = Pattern.compile(Pattern.quote(rule.calls()).replace("*", "\\E.*\\Q"));
    }

    /** A pattern for calls never hits a delivery: what can happen to the two differs. */
    boolean matches(String name) {
      return FaultRule.isDelivery(name) == FaultRule.isDelivery(rule.calls())
          && pattern.matcher(name).matches();
    }
  }
}
