package dev.in.emulator.firestore;

import static dev.in.emulator.firestore.FirestoreBackend.await;
import static dev.in.emulator.firestore.FirestoreBackend.outcome;
import static dev.in.emulator.firestore.FirestoreBackend.refusal;
import static dev.in.emulator.firestore.FirestoreBackend.refusalCode;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.Timestamp;
import com.google.cloud.firestore.Blob;
import com.google.cloud.firestore.CollectionReference;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.FieldMask;
import com.google.cloud.firestore.FieldPath;
import com.google.cloud.firestore.FieldValue;
import com.google.cloud.firestore.GeoPoint;
import com.google.cloud.firestore.Precondition;
import com.google.cloud.firestore.SetOptions;
import com.google.cloud.firestore.WriteBatch;
import com.google.cloud.firestore.WriteResult;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reading and writing documents by name. */
abstract class DocumentSuite {
  private CollectionReference tasks;
  private DocumentReference task;

  abstract FirestoreBackend backend();

  @BeforeEach
  void freshCollection() {
    tasks = backend().freshCollection();
    task = tasks.document("t1");
  }

  @Test
  void aCreatedDocumentIsReadBackWithEveryTypeOfValue() {
    Map<String, Object> nothing = new HashMap<>();
    nothing.put("null", null);
    Map<String, Object> fields =
        Map.of(
            "boolean",
            true,
            "integer",
            Long.MIN_VALUE,
            "double",
            -0.5,
            "timestamp",
            Timestamp.ofTimeSecondsAndNanos(1_700_000_000, 123_456_000),
            "string",
            "grüße 🖼",
            "bytes",
            Blob.fromBytes(new byte[] {0, -1}),
            "point",
            new GeoPoint(48.1, 11.5),
            "reference",
            tasks.document("other"),
            "array",
            List.of(1L, "two"),
            "map",
            nothing);

    await(task.create(fields));

    assertThat(await(task.get()).getData()).isEqualTo(fields);
  }

  @Test
  void timestampsAreCutToMicroseconds() {
    await(task.create(Map.of("at", Timestamp.ofTimeSecondsAndNanos(5, 123_456_789))));

    assertThat(await(task.get()).getTimestamp("at"))
        .isEqualTo(Timestamp.ofTimeSecondsAndNanos(5, 123_456_000));
  }

  @Test
  void aMissingDocumentIsReadAsMissing() {
    DocumentSnapshot snapshot = await(task.get());

    assertThat(snapshot.exists()).isFalse();
    assertThat(snapshot.getReadTime()).isNotNull();
  }

  @Test
  void manyDocumentsAreReadAtOneTimeAndInTheOrderAsked() {
    await(tasks.document("b").create(Map.of("n", 2)));

    List<DocumentSnapshot> snapshots =
        await(
            backend()
                .firestore()
                .getAll(tasks.document("c"), tasks.document("b"), tasks.document("c")));

    assertThat(snapshots.stream().map(DocumentSnapshot::getId)).containsExactly("c", "b", "c");
    assertThat(snapshots.stream().map(DocumentSnapshot::exists))
        .containsExactly(false, true, false);
    assertThat(snapshots.stream().map(DocumentSnapshot::getReadTime).distinct()).hasSize(1);
  }

  @Test
  void aFieldMaskReadsOnlyItsFields() {
    await(task.create(Map.of("a", 1L, "b", Map.of("c", 2L, "d", 3L))));

    List<DocumentSnapshot> snapshots =
        await(
            backend()
                .firestore()
                .getAll(new DocumentReference[] {task}, FieldMask.of("b.d", "nowhere")));

    assertThat(snapshots.getFirst().getData()).isEqualTo(Map.of("b", Map.of("d", 3L)));
  }

  @Test
  void anIdMayHaveTheFormOfANumericOne() {
    await(tasks.document("__id7__").create(Map.of("n", 1L)));

    assertThat(await(tasks.document("__id7__").get()).getLong("n")).isEqualTo(1);
    assertThat(refusalCode(tasks.document("__idx__").create(Map.of("n", 1L))))
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void creatingTwiceIsRefused() {
    await(task.create(Map.of("n", 1)));

    Status refusal = refusal(task.create(Map.of("n", 2)));

    assertThat(refusal.getCode()).isEqualTo(Status.Code.ALREADY_EXISTS);
    assertThat(refusal.getDescription()).contains("Document already exists: " + name(task));
  }

  @Test
  void updatingWhatIsMissingIsRefused() {
    Status refusal = refusal(task.update("n", 1));

    assertThat(refusal.getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(refusal.getDescription()).contains("No document to update: " + name(task));
  }

  @Test
  void aGuardedUpdateNeedsTheUpdateTimeThatIsStored() {
    Timestamp first = await(task.create(Map.of("n", 1))).getUpdateTime();
    Timestamp second =
        await(task.update(Map.of("n", 2), Precondition.updatedAt(first))).getUpdateTime();

    Status refusal = refusal(task.update(Map.of("n", 3), Precondition.updatedAt(first)));

    assertThat(second).isGreaterThan(first);
    assertThat(refusal.getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(await(task.get()).getLong("n")).isEqualTo(2);
    assertThat(await(task.get()).getUpdateTime()).isEqualTo(second);
  }

  @Test
  void aGuardedUpdateOfADeletedDocumentIsRefused() {
    Timestamp created = await(task.create(Map.of("n", 1))).getUpdateTime();
    await(task.delete());

    assertThat(refusalCode(task.update(Map.of("n", 2), Precondition.updatedAt(created))))
        .isEqualTo(Status.Code.FAILED_PRECONDITION);
  }

  @Test
  void ofTwentyParallelGuardedUpdatesExactlyOneWins() throws Exception {
    Timestamp seen = await(task.create(Map.of("winner", -1))).getUpdateTime();
    var start = new CountDownLatch(1);
    List<Status.Code> outcomes = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Status.Code>> calls =
          IntStream.range(0, 20)
              .mapToObj(
                  i ->
                      threads.submit(
                          () -> {
                            start.await();
                            return outcome(
                                task.update(Map.of("winner", i), Precondition.updatedAt(seen)));
                          }))
              .toList();
      start.countDown();
      for (Future<Status.Code> call : calls) {
        outcomes.add(call.get());
      }
    }

    assertThat(outcomes).containsOnly(Status.Code.OK, Status.Code.FAILED_PRECONDITION);
    assertThat(outcomes).containsOnlyOnce(Status.Code.OK);
    assertThat(await(task.get()).getLong("winner")).isEqualTo(outcomes.indexOf(Status.Code.OK));
  }

  @Test
  void aWriteThatChangesNothingKeepsTheUpdateTime() {
    Timestamp created = await(task.create(Map.of("n", 1))).getUpdateTime();

    Timestamp unchanged = await(task.update("n", 1)).getUpdateTime();
    Timestamp changed = await(task.update("n", 2)).getUpdateTime();

    assertThat(unchanged).isEqualTo(created);
    assertThat(changed).isGreaterThan(created);
    assertThat(await(task.get()).getCreateTime()).isEqualTo(created);
  }

  @Test
  void anUpdateChangesOnlyTheFieldsItNamesHoweverDeep() {
    await(task.create(Map.of("stages", Map.of("ai", Map.of("status", "pending", "attempts", 1)))));

    await(task.update("stages.ai.status", "running", "stages.sync.status", "pending"));

    assertThat(await(task.get()).getData())
        .isEqualTo(
            Map.of(
                "stages",
                Map.of(
                    "ai",
                    Map.of("status", "running", "attempts", 1L),
                    "sync",
                    Map.of("status", "pending"))));
  }

  @Test
  void anUpdateRemovesTheFieldsItDeletes() {
    await(task.create(Map.of("lease", Map.of("token", "x", "until", 1), "n", 1)));

    await(task.update("lease.token", FieldValue.delete(), "n", FieldValue.delete()));

    assertThat(await(task.get()).getData()).isEqualTo(Map.of("lease", Map.of("until", 1L)));
  }

  @Test
  void fieldNamesMayHoldDotsBlanksAndBackquotes() {
    String odd = "a.b `c` \\ d";
    await(task.create(Map.of(odd, Map.of("é", 1L), "plain", 1L)));

    await(task.update(FieldPath.of(odd, "é"), 2L, FieldPath.of(odd, "0"), 3L));

    assertThat(await(task.get()).getData())
        .isEqualTo(Map.of(odd, Map.of("é", 2L, "0", 3L), "plain", 1L));
  }

  @Test
  void settingReplacesAndMergingKeeps() {
    await(task.set(Map.of("a", 1L, "m", Map.of("x", 1L))));
    await(task.set(Map.of("m", Map.of("y", 2L)), SetOptions.merge()));
    assertThat(await(task.get()).getData())
        .isEqualTo(Map.of("a", 1L, "m", Map.of("x", 1L, "y", 2L)));

    await(task.set(Map.of("b", 2L)));
    assertThat(await(task.get()).getData()).isEqualTo(Map.of("b", 2L));
  }

  @Test
  void mergingCreatesWhatIsMissing() {
    await(task.set(Map.of("m", Map.of("y", 2L)), SetOptions.merge()));

    assertThat(await(task.get()).getData()).isEqualTo(Map.of("m", Map.of("y", 2L)));
  }

  @Test
  void deletingIsIdempotentUnlessGuarded() {
    Timestamp created = await(task.create(Map.of("n", 1))).getUpdateTime();
    Timestamp updated = await(task.update("n", 2)).getUpdateTime();

    assertThat(refusalCode(task.delete(Precondition.updatedAt(created))))
        .isEqualTo(Status.Code.FAILED_PRECONDITION);
    await(task.delete(Precondition.updatedAt(updated)));
    await(task.delete());
    assertThat(await(task.get()).exists()).isFalse();
  }

  @Test
  void aBatchIsAllOrNothing() {
    WriteBatch batch = backend().firestore().batch();
    batch.create(task, Map.of("n", 1));
    batch.update(tasks.document("missing"), Map.of("n", 1));

    assertThat(refusalCode(batch.commit())).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(await(task.get()).exists()).isFalse();
  }

  @Test
  void laterWritesOfABatchSeeEarlierOnes() {
    WriteBatch batch = backend().firestore().batch();
    batch.create(task, Map.of("n", 1));
    batch.update(task, "n", FieldValue.increment(1));
    List<WriteResult> results = await(batch.commit());

    assertThat(await(task.get()).getLong("n")).isEqualTo(2);
    assertThat(results.get(0).getUpdateTime()).isEqualTo(results.get(1).getUpdateTime());
  }

  @Test
  void aDocumentLargerThanOneMebibyteIsRefused() {
    String justFits = "x".repeat(1_048_576 - 300);

    await(task.create(Map.of("s", justFits)));
    Status refusal = refusal(task.update("s", justFits + "x".repeat(400)));

    assertThat(refusal.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(await(task.get()).getString("s")).isEqualTo(justFits);
  }

  @Test
  void commitTimesGrowStrictly() {
    List<Timestamp> times =
        IntStream.range(0, 50)
            .mapToObj(i -> await(task.set(Map.of("n", i))).getUpdateTime())
            .toList();

    assertThat(times).isSorted().doesNotHaveDuplicates();
  }

  private static String name(DocumentReference reference) {
    return "projects/in-local/databases/(default)/documents/" + reference.getPath();
  }
}
