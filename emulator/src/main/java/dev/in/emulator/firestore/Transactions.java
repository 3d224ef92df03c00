package dev.in.emulator.firestore;

import static java.util.Objects.requireNonNull;

import com.google.firestore.v1.TransactionOptions;
import com.google.protobuf.ByteString;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The transactions that are open, and for a while those that have ended. */
final class Transactions {
  private final DocumentStore store;
  private final LockTable locks;
  private final Clock clock;
  private final Duration idle;
  private final Map<ByteString, Entry> entries = new HashMap<>();
  private long births;

  Transactions(DocumentStore store, LockTable locks, Clock clock, Duration idle) {
    this.store = requireNonNull(store, "store is null");
    this.locks = requireNonNull(locks, "locks is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.idle = requireNonNull(idle, "idle is null");
  }

  private enum State {
    OPEN,
    COMMITTED,
    ROLLED_BACK
  }

  private static final class Entry {
    private final Transaction transaction;
    private Instant lastUsed;
    private State state = State.OPEN;

    Entry(Transaction transaction, Instant lastUsed) {
      this.transaction = transaction;
      this.lastUsed = lastUsed;
    }
  }

  /** A retried transaction keeps the age of the first, so that it wins at last. */
  synchronized Transaction begin(TransactionOptions options) {
    expire();
    var transaction =
        new Transaction(
            ByteString.copyFromUtf8(UUID.randomUUID().toString()),
            new LockTable.Owner(age(options)),
            options.hasReadOnly() ? Optional.of(snapshot(options)) : Optional.empty());
    entries.put(transaction.id(), new Entry(transaction, clock.instant()));
    return transaction;
  }

  private DocumentStore.View snapshot(TransactionOptions options) {
    if (options.getReadOnly().hasReadTime()) {
      store.checkReadable(Micros.of(options.getReadOnly().getReadTime()));
    }
    return store.snapshot();
  }

  private long age(TransactionOptions options) {
    Entry retried = entries.get(options.getReadWrite().getRetryTransaction());
    return retried == null ? births++ : retried.transaction.owner().age();
  }

  /** An owner for a write outside any transaction, younger than all there are. */
  synchronized LockTable.Owner passerBy() {
    expire();
    return new LockTable.Owner(births++);
  }

  /** The open transaction with this id. */
  synchronized Transaction open(ByteString id) {
    expire();
    Entry entry = entries.get(id);
    if (entry == null || entry.state != State.OPEN) {
      throw Errors.invalid("The referenced transaction has expired or is no longer valid.");
    }
    entry.lastUsed = clock.instant();
    return entry.transaction;
  }

  synchronized void committed(Transaction transaction) {
    end(entries.get(transaction.id()), State.COMMITTED);
  }

  /** Ends a transaction without effect; one that has already ended so may be told so again. */
  synchronized void rolledBack(ByteString id) {
    Entry entry = entries.get(id);
    if (entry == null || entry.state == State.COMMITTED) {
      throw Errors.invalid("The referenced transaction has expired or is no longer valid.");
    }
    end(entry, State.ROLLED_BACK);
  }

  private void end(Entry entry, State state) {
    if (entry != null) {
      entry.state = state;
      locks.release(entry.transaction.owner());
    }
  }

  private void expire() {
    Instant oldest = clock.instant().minus(idle);
    entries
        .values()
        .removeIf(
            entry -> {
              boolean expired = entry.lastUsed.isBefore(oldest);
              if (expired) {
                locks.release(entry.transaction.owner());
              }
              return expired;
            });
  }
}
