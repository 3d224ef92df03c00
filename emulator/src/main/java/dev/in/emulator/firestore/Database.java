package dev.in.emulator.firestore;

import static java.util.Objects.requireNonNull;

import com.google.firestore.v1.Write;
import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads and commits, inside a transaction or outside of any, under the locks they need. */
final class Database {
  private final DocumentStore store;
  private final LockTable locks;
  private final Transactions transactions;
  private final Duration lockWait;

  Database(DocumentStore store, LockTable locks, Transactions transactions, Duration lockWait) {
    this.store = requireNonNull(store, "store is null");
    this.locks = requireNonNull(locks, "locks is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.lockWait = requireNonNull(lockWait, "lockWait is null");
  }

  /** Locks for reading documents by name. */
  static Map<LockTable.Key, LockTable.Mode> locksFor(Collection<ResourcePath> names) {
    return names.stream()
        .distinct()
        .collect(Collectors.toMap(LockTable.DocumentKey::new, name -> LockTable.Mode.READ));
  }

  /** One consistent read. Only a transaction takes locks; other reads wait for nobody. */
  <T> T read(
      ReadScope scope,
      Map<LockTable.Key, LockTable.Mode> needed,
      Function<DocumentStore.View, T> reading) {
    scope.atMicros().ifPresent(store::checkReadable);
    Optional<Transaction> transaction = scope.transaction();
    if (transaction.isPresent() && transaction.get().isReadOnly()) {
      return reading.apply(transaction.get().snapshot().orElseThrow());
    }
    transaction.ifPresent(t -> locks.acquire(t.owner(), needed, lockWait));
    return store.read(reading);
  }

  /** A commit outside any transaction; it waits for transactions that have read its documents. */
  DocumentStore.Commit commit(List<Write> writes) {
    LockTable.Owner owner = transactions.passerBy();
    try {
      locks.acquireToCommit(owner, locksForWrites(writes), lockWait);
      return store.commit(writes);
    } finally {
      locks.release(owner);
    }
  }

  /** Ends a transaction by writing; when that fails it has ended without effect. */
  DocumentStore.Commit commit(ByteString transactionId, List<Write> writes) {
    Transaction transaction = transactions.open(transactionId);
    if (transaction.isReadOnly() && !writes.isEmpty()) {
      throw Errors.invalid("Cannot modify entities in a read-only transaction.");
    }
    boolean committed = false;
    try {
      locks.acquireToCommit(transaction.owner(), locksForWrites(writes), lockWait);
      DocumentStore.Commit commit = store.commit(writes);
      transactions.committed(transaction);
      committed = true;
      return commit;
    } finally {
      if (!committed) {
        transactions.rolledBack(transactionId);
      }
    }
  }

  private static Map<LockTable.Key, LockTable.Mode> locksForWrites(List<Write> writes) {
    var needed = new HashMap<LockTable.Key, LockTable.Mode>();
    for (Write write : writes) {
      ResourcePath name = Writes.target(write);
      needed.put(new LockTable.DocumentKey(name), LockTable.Mode.WRITE);
      needed.put(
          new LockTable.GroupKey(name.project(), name.collectionGroup()),
          LockTable.Mode.WRITE_WITHIN);
      needed.put(new LockTable.ProjectKey(name.project()), LockTable.Mode.WRITE_WITHIN);
    }
    return needed;
  }
}
