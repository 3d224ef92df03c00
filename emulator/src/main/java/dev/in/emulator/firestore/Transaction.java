package dev.in.emulator.firestore;

import com.google.protobuf.ByteString;
import java.util.Optional;

/**
 * A transaction that has been begun.
 *
 * @param owner under which it holds its locks
 * @param snapshot what a read-only transaction sees; empty for one that may write
 */
record Transaction(ByteString id, LockTable.Owner owner, Optional<DocumentStore.View> snapshot) {

  boolean isReadOnly() {
    return snapshot.isPresent();
  }
}
