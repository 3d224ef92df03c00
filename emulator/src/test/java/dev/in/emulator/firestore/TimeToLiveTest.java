package dev.in.emulator.firestore;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.firestore.v1.Value;
import dev.in.emulator.LocalCloud;
import dev.in.emulator.LocalCloudOptions;
import dev.in.emulator.firestore.value.Micros;
import dev.in.emulator.time.TestingTimers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Documents that expire. */
class TimeToLiveTest {
  private final TestingTimers timers = new TestingTimers();
  private LocalCloud cloud;
  private RawFirestore firestore;

  @BeforeEach
  void start() {
    cloud =
        LocalCloud.start(
            LocalCloudOptions.builder()
                .timers(timers)
                .firestore(FirestoreSettings.withTtlFields(Map.of("tasks", "expiresAt")))
                .build());
    firestore = new RawFirestore(cloud.port());
    expiring("tasks/soon", Duration.ofMinutes(10));
    expiring("tasks/later", Duration.ofMinutes(100));
    expiring("others/soon", Duration.ofMinutes(10));
    expiring("others/o1/tasks/soon", Duration.ofMinutes(10));
    firestore.commit(
        RawFirestore.set("tasks/text", "expiresAt", RawFirestore.text("2000-01-01T00:00:00Z")));
  }

  @AfterEach
  void stop() {
    firestore.close();
    cloud.close();
  }

  private void expiring(String path, Duration after) {
    long micros = Micros.of(timers.clock().instant().plus(after));
    firestore.commit(
        RawFirestore.set(
            path,
            "expiresAt",
            Value.newBuilder().setTimestampValue(Micros.timestamp(micros)).build()));
  }

  private boolean exists(String path) {
    return firestore.get(path).isPresent();
  }

  @Test
  void onCallEveryExpiredDocumentOfTheGroupIsDeletedAndNoOther() {
    timers.pass(Duration.ofMinutes(10));
    assertThat(exists("tasks/soon")).as("an expired document is there until deleted").isTrue();

    assertThat(cloud.firestore().expireDocuments()).isEqualTo(2);

    assertThat(exists("tasks/soon")).isFalse();
    assertThat(exists("others/o1/tasks/soon")).isFalse();
    assertThat(exists("tasks/later")).isTrue();
    assertThat(exists("tasks/text")).isTrue();
    assertThat(exists("others/soon")).isTrue();
    assertThat(cloud.counters().get("firestore.documents.delete/tasks")).isEqualTo(2);
  }

  @Test
  void inTimeItHappensByItself() {
    timers.pass(Duration.ofHours(1));
    assertThat(exists("tasks/soon")).isFalse();
    assertThat(exists("tasks/later")).isTrue();

    timers.pass(Duration.ofHours(1));
    assertThat(exists("tasks/later")).isFalse();
  }
}
