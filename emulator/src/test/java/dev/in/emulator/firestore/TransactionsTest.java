package dev.in.emulator.firestore;

import static dev.in.emulator.firestore.RawFirestore.integer;
import static dev.in.emulator.firestore.RawFirestore.refusalCode;
import static dev.in.emulator.firestore.RawFirestore.set;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.firestore.v1.TransactionOptions;
import com.google.firestore.v1.Write;
import com.google.protobuf.ByteString;
import dev.in.emulator.ManualTimers;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who waits for whom, who is ABORTED, and what ends with time. */
class TransactionsTest {
  private static final ResourcePath A = ResourcePath.document(RawFirestore.ROOT + "/tasks/a");
  private static final ResourcePath B = ResourcePath.document(RawFirestore.ROOT + "/tasks/b");
  private static final TransactionOptions NEW = TransactionOptions.getDefaultInstance();

  private final ManualTimers timers = new ManualTimers();
  private final DocumentStore store =
      new DocumentStore(new CommitClock(timers.clock()), Journal.none());
  private final LockTable locks = new LockTable();
  private final Transactions transactions =
      new Transactions(store, locks, timers.clock(), Duration.ofSeconds(60));
  private final Database database = new Database(store, locks, transactions, Duration.ofMillis(20));

  private void read(Transaction transaction, ResourcePath name) {
    database.read(
        ReadScope.in(transactions.open(transaction.id())),
        Database.locksFor(List.of(name)),
        view -> view.get(name));
  }

  private void write(Transaction transaction, ResourcePath name) {
    database.commit(transaction.id(), List.of(writeTo(name)));
  }

  private static Write writeTo(ResourcePath name) {
    return set(String.join("/", name.segments()), "n", integer(1));
  }

  @Test
  void readersShareADocumentAndTheOlderOneWinsTheWrite() {
    Transaction older = transactions.begin(NEW);
    Transaction younger = transactions.begin(NEW);
    read(older, A);
    read(younger, A);

    write(older, A);

    assertThat(refusalCode(() -> write(younger, A))).isEqualTo(Status.Code.ABORTED);
  }

  @Test
  void theYoungerWaitsForTheOlderAndIsAborted() {
    Transaction older = transactions.begin(NEW);
    Transaction younger = transactions.begin(NEW);
    read(older, A);
    read(younger, A);

    assertThat(refusalCode(() -> write(younger, A))).isEqualTo(Status.Code.ABORTED);
    write(older, A);
  }

  @Test
  void aWoundedTransactionIsToldAtItsNextReadToo() {
    Transaction older = transactions.begin(NEW);
    Transaction younger = transactions.begin(NEW);
    read(younger, A);
    write(older, A);

    assertThat(refusalCode(() -> read(younger, B))).isEqualTo(Status.Code.ABORTED);
  }

  @Test
  void crossedLocksEndWithOneWinner() {
    Transaction older = transactions.begin(NEW);
    Transaction younger = transactions.begin(NEW);
    read(older, A);
    read(younger, B);

    write(older, B);

    assertThat(refusalCode(() -> write(younger, A))).isEqualTo(Status.Code.ABORTED);
  }

  @Test
  void aRetryKeepsTheAgeOfTheFirstAttempt() {
    Transaction first = transactions.begin(NEW);
    Transaction other = transactions.begin(NEW);
    transactions.rolledBack(first.id());
    Transaction retry =
        transactions.begin(
            TransactionOptions.newBuilder()
                .setReadWrite(
                    TransactionOptions.ReadWrite.newBuilder().setRetryTransaction(first.id()))
                .build());
    read(other, A);

    write(retry, A);

    assertThat(refusalCode(() -> write(other, A))).isEqualTo(Status.Code.ABORTED);
  }

  @Test
  void aRolledBackTransactionLetsGo() {
    Transaction transaction = transactions.begin(NEW);
    read(transaction, A);
    transactions.rolledBack(transaction.id());

    database.commit(List.of(writeTo(A)));
  }

  @Test
  void aFailedCommitLetsGo() {
    Transaction transaction = transactions.begin(NEW);
    read(transaction, A);
    Write refused = Write.newBuilder().setDelete(A + "/odd").build();

    assertThat(refusalCode(() -> database.commit(transaction.id(), List.of(refused))))
        .isEqualTo(Status.Code.INVALID_ARGUMENT);

    database.commit(List.of(writeTo(A)));
  }

  @Test
  void anIdleTransactionExpiresWithItsLocks() {
    Transaction transaction = transactions.begin(NEW);
    read(transaction, A);
    assertThat(refusalCode(() -> database.commit(List.of(writeTo(A)))))
        .isEqualTo(Status.Code.ABORTED);

    timers.pass(Duration.ofSeconds(61));

    database.commit(List.of(writeTo(A)));
    assertThat(refusalCode(() -> write(transaction, A))).isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void aReadOnlyTransactionCannotWrite() {
    Transaction transaction =
        transactions.begin(
            TransactionOptions.newBuilder()
                .setReadOnly(TransactionOptions.ReadOnly.getDefaultInstance())
                .build());

    assertThat(refusalCode(() -> write(transaction, A))).isEqualTo(Status.Code.INVALID_ARGUMENT);
    database.commit(transaction.id(), List.of());
  }

  @Test
  void anUnknownTransactionIsRefused() {
    assertThat(refusalCode(() -> transactions.open(ByteString.copyFromUtf8("nobody"))))
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void locksOfAQueryLetOtherCollectionsBe() {
    Transaction transaction = transactions.begin(NEW);
    locks.acquire(
        transaction.owner(),
        Map.of(new LockTable.GroupKey("in-local", "other"), LockTable.Mode.READ),
        Duration.ZERO);

    database.commit(List.of(writeTo(A)));
  }
}
