package dev.in.core.switches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.firestore.Firestore;
import dev.in.core.failure.TransientFailure;
import dev.in.core.telemetry.Calls;
import dev.in.core.telemetry.Meters;
import dev.in.core.telemetry.Spans;
import dev.in.core.testing.LocalCloudExtension;
import dev.in.core.testing.LocalCloudProcess;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The switches as the real client reads them from the local cloud. */
@ExtendWith(LocalCloudExtension.class)
class FirestoreSwitchSourceTest {
  private static LocalCloudProcess cloud;
  private static Firestore firestore;

  private final Calls calls =
      new Calls(new Spans(OpenTelemetry.noop()), new Meters(new SimpleMeterRegistry()));
  private final SwitchSource source =
      new FirestoreSwitchSource(firestore, calls, InstantSource.system());

  @BeforeAll
  static void connect(LocalCloudProcess localCloud, Firestore client) {
    cloud = localCloud;
    firestore = client;
  }

  @AfterEach
  void startOver() throws Exception {
    cloud.clearFaults();
    firestore.document("switches/current").delete().get();
  }

  @Test
  void aMissingDocumentSwitchesNothingOff() {
    assertThat(source.off()).isEmpty();
  }

  @Test
  void falseIsOff() throws Exception {
    set(Map.of("analysis", false, "callbacks", true));
    assertThat(source.off()).containsExactly(Switch.ANALYSIS);

    set(Map.of("callbacks", false));
    assertThat(source.off()).containsExactly(Switch.CALLBACKS);
  }

  @Test
  void whatIsNoBooleanAndWhatNobodyKnowsSwitchNothingOff() throws Exception {
    set(Map.of("analysis", "false", "callbacks", 0, "everything", false));

    assertThat(source.off()).isEmpty();
  }

  @Test
  void aFirestoreThatRefusesIsAFaultThatPasses() {
    cloud.fault(
        """
        {"calls": "google.firestore.v1.Firestore/BatchGetDocuments", "effect": "failBefore",
         "code": "PERMISSION_DENIED"}
        """);

    assertThatThrownBy(source::off).isInstanceOf(TransientFailure.class);
  }

  private static void set(Map<String, Object> fields) throws Exception {
    firestore.document("switches/current").set(fields).get();
  }
}
