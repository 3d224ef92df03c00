package dev.in.emulator.firestore;

import static dev.in.emulator.firestore.FirestoreBackend.await;
import static dev.in.emulator.firestore.FirestoreBackend.refusalCode;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.firestore.CollectionReference;
import com.google.cloud.firestore.WriteBatch;
import dev.in.emulator.LocalCloud;
import dev.in.emulator.LocalCloudOptions;
import io.grpc.Status;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Firestore would bill. */
class UsageTest {
  private static LocalCloud cloud;
  private static FirestoreBackend backend;

  private CollectionReference tasks;

  @BeforeAll
  static void start() {
    cloud = LocalCloud.start(LocalCloudOptions.defaults());
    backend = FirestoreBackend.at("localhost:" + cloud.port(), new FirestoreBackend.Features(true));
  }

  @AfterAll
  static void stop() throws Exception {
    backend.firestore().close();
    cloud.close();
  }

  @BeforeEach
  void threeTasks() {
    tasks = backend.freshCollection();
    for (int i = 0; i < 3; i++) {
      await(tasks.document("t" + i).create(Map.of("n", i)));
    }
    cloud.counters().reset();
  }

  private long counted(String what) {
    return cloud.counters().get("firestore.documents." + what);
  }

  @Test
  void aMissingDocumentCostsARead() {
    await(backend.firestore().getAll(tasks.document("t0"), tasks.document("none")));

    assertThat(counted("read")).isEqualTo(2);
    assertThat(counted("read/" + tasks.getId())).isEqualTo(2);
  }

  @Test
  void aQueryCostsItsResultsAndAtLeastOneRead() {
    await(tasks.whereGreaterThan("n", 0).get());
    assertThat(counted("read/" + tasks.getId())).isEqualTo(2);

    await(tasks.whereGreaterThan("n", 9).get());
    assertThat(counted("read/" + tasks.getId())).isEqualTo(3);
  }

  @Test
  void whatAnOffsetSkipsIsPaidFor() {
    await(tasks.orderBy("n").offset(2).get());

    assertThat(counted("read")).isEqualTo(3);
  }

  @Test
  void aCountCostsOneReadForAThousandDocuments() {
    await(tasks.count().get());

    assertThat(counted("read")).isEqualTo(1);
  }

  @Test
  void everyWriteAndDeletionOfABatchIsPaidFor() {
    WriteBatch batch = backend.firestore().batch();
    batch.update(tasks.document("t0"), "n", 5);
    batch.set(backend.firestore().document("other/o1"), Map.of("n", 1));
    batch.delete(tasks.document("t1"));
    await(batch.commit());

    assertThat(counted("write")).isEqualTo(2);
    assertThat(counted("write/" + tasks.getId())).isEqualTo(1);
    assertThat(counted("write/other")).isEqualTo(1);
    assertThat(counted("delete/" + tasks.getId())).isEqualTo(1);
  }

  @Test
  void aRefusedWriteIsFree() {
    assertThat(refusalCode(tasks.document("t0").create(Map.of("n", 1))))
        .isEqualTo(Status.Code.ALREADY_EXISTS);

    assertThat(counted("write")).isZero();
  }
}
