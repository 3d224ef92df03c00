package dev.in.emulator.firestore;

import static dev.in.emulator.firestore.FirestoreBackend.await;
import static dev.in.emulator.firestore.FirestoreBackend.refusalCode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.api.core.ApiFuture;
import com.google.cloud.firestore.CollectionReference;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.TransactionOptions;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Transactions, and what their locks do to others. */
abstract class TransactionSuite {
  private CollectionReference tasks;
  private DocumentReference counter;

  abstract FirestoreBackend backend();

  @BeforeEach
  void freshCollection() {
    tasks = backend().freshCollection();
    counter = tasks.document("counter");
    await(counter.create(Map.of("n", 0L)));
  }

  @Test
  void aTransactionWritesWhatItHasWorkedOutFromItsReads() {
    long read =
        await(
            backend()
                .firestore()
                .runTransaction(
                    transaction -> {
                      long n = transaction.get(counter).get().getLong("n");
                      transaction.update(counter, "n", n + 1);
                      transaction.create(tasks.document("new"), Map.of("seen", n));
                      return n;
                    }));

    assertThat(read).isZero();
    assertThat(await(counter.get()).getLong("n")).isEqualTo(1);
    assertThat(await(tasks.document("new").get()).getLong("seen")).isZero();
  }

  @Test
  void noIncrementOfParallelTransactionsIsLost() {
    var attempts = new AtomicInteger();
    List<ApiFuture<Long>> all =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    backend()
                        .firestore()
                        .runTransaction(
                            transaction -> {
                              attempts.incrementAndGet();
                              long n = transaction.get(counter).get().getLong("n");
                              transaction.update(counter, "n", n + 1);
                              return n;
                            },
                            TransactionOptions.createReadWriteOptionsBuilder()
                                .setNumberOfAttempts(100)
                                .build()))
            .toList();
    List<Long> reads = new ArrayList<>();
    all.forEach(future -> reads.add(await(future)));

    assertThat(reads).containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
    assertThat(await(counter.get()).getLong("n")).isEqualTo(8);
    assertThat(attempts).hasValueGreaterThanOrEqualTo(8);
  }

  @Test
  void aFailedTransactionWritesNothing() {
    ApiFuture<Void> failed =
        backend()
            .firestore()
            .runTransaction(
                transaction -> {
                  transaction.update(counter, "n", 5L);
                  transaction.create(counter, Map.of("n", 6L));
                  return null;
                });

    assertThat(refusalCode(failed)).isEqualTo(Status.Code.ALREADY_EXISTS);
    assertThat(await(counter.get()).getLong("n")).isZero();
  }

  @Test
  void aWriteWaitsForTheTransactionThatHasReadItsDocument() {
    assumeThat(backend().features().waitsForOlderTransactions()).isTrue();
    var hasRead = new CountDownLatch(1);
    var mayCommit = new CompletableFuture<Void>();
    ApiFuture<Long> transaction =
        backend()
            .firestore()
            .runTransaction(
                t -> {
                  long n = t.get(counter).get().getLong("n");
                  hasRead.countDown();
                  mayCommit.join();
                  t.update(counter, "n", n + 1);
                  return n;
                });
    awaitLatch(hasRead);

    assertThat(refusalCode(counter.update("n", 100L))).isEqualTo(Status.Code.ABORTED);
    mayCommit.complete(null);

    assertThat(await(transaction)).isZero();
    assertThat(await(counter.get()).getLong("n")).isEqualTo(1);
    await(counter.update("n", 100L));
  }

  @Test
  void readsOutsideTransactionsWaitForNobody() {
    var hasRead = new CountDownLatch(1);
    var mayCommit = new CompletableFuture<Void>();
    ApiFuture<Void> transaction =
        backend()
            .firestore()
            .runTransaction(
                t -> {
                  t.get(counter).get();
                  hasRead.countDown();
                  mayCommit.join();
                  t.update(counter, "n", 7L);
                  return null;
                });
    awaitLatch(hasRead);

    assertThat(await(counter.get()).getLong("n")).isZero();
    mayCommit.complete(null);
    await(transaction);
  }

  @Test
  void aQueryInATransactionSeesNoPhantoms() {
    assumeThat(backend().features().waitsForOlderTransactions()).isTrue();
    var hasRead = new CountDownLatch(1);
    var mayCommit = new CompletableFuture<Void>();
    ApiFuture<Integer> transaction =
        backend()
            .firestore()
            .runTransaction(
                t -> {
                  int found = t.get(tasks.whereEqualTo("kind", "open")).get().size();
                  hasRead.countDown();
                  mayCommit.join();
                  t.update(counter, "n", (long) found);
                  return found;
                });
    awaitLatch(hasRead);

    assertThat(refusalCode(tasks.document("late").create(Map.of("kind", "open"))))
        .isEqualTo(Status.Code.ABORTED);
    mayCommit.complete(null);
    assertThat(await(transaction)).isZero();
  }

  @Test
  void aReadOnlyTransactionSeesOneMomentAndHoldsNobodyUp() {
    var hasRead = new CountDownLatch(1);
    var mayGoOn = new CompletableFuture<Void>();
    DocumentReference other = tasks.document("other");
    ApiFuture<List<DocumentSnapshot>> transaction =
        backend()
            .firestore()
            .runTransaction(
                t -> {
                  DocumentSnapshot first = t.get(counter).get();
                  hasRead.countDown();
                  mayGoOn.join();
                  return List.of(first, t.get(other).get());
                },
                TransactionOptions.createReadOnlyOptionsBuilder().build());
    awaitLatch(hasRead);

    await(counter.update("n", 1L));
    await(other.create(Map.of("n", 1L)));
    mayGoOn.complete(null);

    List<DocumentSnapshot> snapshots = await(transaction);
    assertThat(snapshots.get(0).getLong("n")).isZero();
    assertThat(snapshots.get(1).exists()).isFalse();
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
