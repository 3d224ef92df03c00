package dev.in.emulator.firestore;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The locks of pessimistic transactions. Who is older wins: an older holder is waited for, a
 * bounded time; a younger holder is wounded, loses its locks and is told ABORTED with its next
 * call. So nobody waits in a circle.
 */
final class LockTable {
  /** What a lock protects. */
  sealed interface Key {}

  /** One document, whether it exists or not. */
  record DocumentKey(ResourcePath name) implements Key {}

  /** Every collection with this id, against documents that would join or leave a query. */
  record GroupKey(String project, String collectionId) implements Key {}

  /** All documents of a project, for queries over collections of any id. */
  record ProjectKey(String project) implements Key {}

  /** Readers go together, and writers somewhere inside go together. */
  enum Mode {
    READ,
    WRITE,
    WRITE_WITHIN;

    boolean goesWith(Mode other) {
      return this == other && this != WRITE;
    }
  }

  /** Someone who holds locks. Its fields belong to the table. */
  static final class Owner {
    private final long age;
    private boolean wounded;
    private boolean committing;

    /**
     * @param age the smaller, the older
     */
    Owner(long age) {
      this.age = age;
    }

    long age() {
      return age;
    }
  }

  private final ReentrantLock monitor = new ReentrantLock();
  private final Condition changed = monitor.newCondition();
  private final Map<Key, Map<Owner, EnumSet<Mode>>> held = new HashMap<>();

  /** Grants all the locks at once, or throws ABORTED when {@code patience} ends first. */
  void acquire(Owner owner, Map<? extends Key, Mode> wanted, Duration patience) {
    acquire(owner, wanted, patience, false);
  }

  /** As {@link #acquire}; from then on the owner is waited for by all and wounded by none. */
  void acquireToCommit(Owner owner, Map<? extends Key, Mode> wanted, Duration patience) {
    acquire(owner, wanted, patience, true);
  }

  private void acquire(
      Owner owner, Map<? extends Key, Mode> wanted, Duration patience, boolean toCommit) {
    long nanosLeft = patience.toNanos();
    monitor.lock();
    try {
      while (true) {
        checkUnharmed(owner);
        List<Owner> inTheWay = inTheWay(owner, wanted);
        if (inTheWay.isEmpty()) {
          wanted.forEach((key, mode) -> grant(owner, key, mode));
          owner.committing = toCommit;
          return;
        }
        if (!woundYounger(owner, inTheWay)) {
          if (nanosLeft <= 0) {
            throw Errors.aborted("Too much contention on these documents. Please try again.");
          }
          nanosLeft = changed.awaitNanos(nanosLeft);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Errors.aborted("The call was interrupted while it waited for a lock.");
    } finally {
      monitor.unlock();
    }
  }

  private static void checkUnharmed(Owner owner) {
    if (owner.wounded) {
      throw Errors.aborted(
          "The transaction lost its locks to an older one. Please try the transaction again.");
    }
  }

  private List<Owner> inTheWay(Owner owner, Map<? extends Key, Mode> wanted) {
    var owners = new ArrayList<Owner>();
    wanted.forEach(
        (key, mode) ->
            held.getOrDefault(key, Map.of())
                .forEach(
                    (holder, modes) -> {
                      if (holder != owner && !modes.stream().allMatch(mode::goesWith)) {
                        owners.add(holder);
                      }
                    }));
    return owners;
  }

  private boolean woundYounger(Owner owner, List<Owner> holders) {
    boolean any = false;
    for (Owner holder : holders) {
      if (holder.age > owner.age && !holder.committing) {
        holder.wounded = true;
        drop(holder);
        any = true;
      }
    }
    return any;
  }

  private void grant(Owner owner, Key key, Mode mode) {
    held.computeIfAbsent(key, unused -> new HashMap<>())
        .computeIfAbsent(owner, unused -> EnumSet.noneOf(Mode.class))
        .add(mode);
  }

  void release(Owner owner) {
    monitor.lock();
    try {
      drop(owner);
    } finally {
      monitor.unlock();
    }
  }

  private void drop(Owner owner) {
    held.values().forEach(holders -> holders.remove(owner));
    held.values().removeIf(Map::isEmpty);
    changed.signalAll();
  }
}
