package dev.in.emulator.firestore;

import com.google.protobuf.ByteString;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which state a read sees.
 *
 * @param transaction whose state and locks; empty for the newest state
 * @param begun whether this very read began the transaction, so that its id must be told
 * @param atMicros a time that the caller asked for
 */
record ReadScope(Optional<Transaction> transaction, boolean begun, OptionalLong atMicros) {
  static final ReadScope NEWEST = new ReadScope(Optional.empty(), false, OptionalLong.empty());

  static ReadScope in(Transaction transaction) {
    return new ReadScope(Optional.of(transaction), false, OptionalLong.empty());
  }

  static ReadScope beginning(Transaction transaction) {
    return new ReadScope(Optional.of(transaction), true, OptionalLong.empty());
  }

  static ReadScope at(long micros) {
    return new ReadScope(Optional.empty(), false, OptionalLong.of(micros));
  }

  /** The id to tell with the first answer; empty bytes when there is nothing to tell. */
  ByteString announcement() {
    return begun ? transaction.map(Transaction::id).orElseThrow() : ByteString.EMPTY;
  }
}
