package dev.in.emulator.faults;

import java.util.Set;
import java.util.SplittableRandom;

/** To which of the calls that match its pattern a rule applies. Counting starts with the rule. */
public sealed interface When {

  /** Every one. */
  record Always() implements When {}

  /** These, counted from 1. */
  record Nth(Set<Long> numbers) implements When {
    public Nth {
      numbers = Set.copyOf(numbers);
    }
  }

  /** The first so many. */
  record First(long calls) implements When {}

  /** Each with that probability, the same ones for the same seed. */
  record Chance(double probability, long seed) implements When {
    public Chance {
      if (!(probability >= 0 && probability <= 1)) {
        throw new IllegalArgumentException("not a probability: " + probability);
      }
    }
  }

  /** Whether the call with that number, from 1, is hit. */
  default boolean hits(long number) {
    return switch (this) {
      case Always() -> true;
      case Nth(Set<Long> numbers) -> numbers.contains(number);
      case First(long calls) -> number <= calls;
      // Seeded by number too, so that the verdict does not depend on what raced ahead.
      case Chance(double probability, long seed) ->
          new SplittableRandom(seed * 31 + number).nextDouble() < probability;
    };
  }
}
