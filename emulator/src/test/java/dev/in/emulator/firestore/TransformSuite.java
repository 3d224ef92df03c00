package dev.in.emulator.firestore;

import static dev.in.emulator.firestore.FirestoreBackend.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.Timestamp;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.FieldValue;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Field values that the server works out. */
abstract class TransformSuite {
  private DocumentReference task;

  abstract FirestoreBackend backend();

  @BeforeEach
  void freshDocument() {
    task = backend().freshCollection().document("t1");
  }

  private Object after(FieldValue transform) {
    await(task.update("f", transform));
    return await(task.get()).get("f");
  }

  private void given(Object value) {
    await(task.set(Map.of("f", value)));
  }

  @Test
  void theServerTimestampIsTheCommitsTimeAndTheSameInAllFields() {
    Timestamp committed =
        await(
                task.create(
                    Map.of(
                        "a",
                        FieldValue.serverTimestamp(),
                        "m",
                        Map.of("b", FieldValue.serverTimestamp()))))
            .getUpdateTime();

    DocumentSnapshot snapshot = await(task.get());
    Timestamp stamped = snapshot.getTimestamp("a");
    assertThat(snapshot.getTimestamp("m.b")).isEqualTo(stamped);
    assertThat(stamped.getNanos() % 1_000_000).isZero();
    assertThat(committed.toSqlTimestamp().getTime() - stamped.toSqlTimestamp().getTime())
        .isBetween(0L, 1_000L);
  }

  @Test
  void incrementsAddIntegersExactlyAndSaturate() {
    given(Long.MAX_VALUE - 2);

    assertThat(after(FieldValue.increment(1))).isEqualTo(Long.MAX_VALUE - 1);
    assertThat(after(FieldValue.increment(5))).isEqualTo(Long.MAX_VALUE);
    assertThat(after(FieldValue.increment(Long.MIN_VALUE))).isEqualTo(-1L);
  }

  @Test
  void anIncrementByADoubleMakesADouble() {
    given(1L);

    assertThat(after(FieldValue.increment(0.5))).isEqualTo(1.5);
    assertThat(after(FieldValue.increment(1))).isEqualTo(2.5);
  }

  @Test
  void anIncrementOfWhatIsNoNumberSetsIt() {
    given("text");
    assertThat(after(FieldValue.increment(7))).isEqualTo(7L);

    await(task.set(Map.of("other", 1L)));
    assertThat(after(FieldValue.increment(3))).isEqualTo(3L);
  }

  @Test
  void aTransformAloneCreatesTheDocument() {
    await(task.set(Map.of("n", FieldValue.increment(2))));

    assertThat(await(task.get()).getData()).isEqualTo(Map.of("n", 2L));
  }

  @Test
  void aTransformThatChangesNothingKeepsTheUpdateTime() {
    Timestamp created = await(task.create(Map.of("n", 1L))).getUpdateTime();

    assertThat(await(task.update("n", FieldValue.increment(0))).getUpdateTime()).isEqualTo(created);
  }
}
