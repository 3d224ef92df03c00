package dev.in.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.vision.v1.AnnotateImageRequest;
import com.google.cloud.vision.v1.Feature.Type;
import com.google.cloud.vision.v1.Image;
import com.google.protobuf.ByteString;
import dev.in.core.failure.Deadline;
import dev.in.core.failure.PermanentFailure;
import dev.in.core.failure.TransientFailure;
import dev.in.core.stage.MetadataOutput;
import dev.in.core.startup.WarmUp;
import dev.in.core.testing.LocalCloud;
import dev.in.core.testing.LocalCloudProcess;
import dev.in.core.testing.LocalCloudResource;
import dev.in.core.testing.TestTask;
import dev.in.events.Feature;
import dev.in.events.ObjectRef;
import dev.in.events.Stage;
import dev.in.result.Analysis;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What keeps calls away from a Vision that is in trouble, as the function has it. */
@QuarkusTest
@QuarkusTestResource(LocalCloudResource.class)
class VisionCallsTest {
  private static final String CALL = "google.cloud.vision.v1.ImageAnnotator/BatchAnnotateImages";
  private static final int CALLS_LOOKED_AT = 20;

  /** As the test's application.properties say. */
  private static final int AT_A_TIME = 4;

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final AnnotateImageRequest BROKEN =
      AnnotateImageRequest.newBuilder()
          .setImage(Image.newBuilder().setContent(ByteString.copyFromUtf8("no image")))
          .addFeatures(
              com.google.cloud.vision.v1.Feature.newBuilder().setType(Type.IMAGE_PROPERTIES))
          .build();

  @LocalCloud LocalCloudProcess cloud;

  @Inject VisionCalls calls;
  @Inject VisionAnalyzer analyzer;
  @Inject CircuitBreakerMaintenance breakers;
  @Inject @Readiness WarmUp warmUp;

  @BeforeEach
  void startOver() throws InterruptedException {
    awaitWarm();
    breakers.resetAll();
    cloud.resetCounters();
  }

  @AfterEach
  void noMoreFaults() {
    cloud.clearFaults();
  }

  @Test
  void whileNearlyAllAnswersAreErrorsVisionIsNotAskedForAMoment() throws Exception {
    throttled();
    for (int i = 0; i < CALLS_LOOKED_AT; i++) {
      assertThatThrownBy(this::annotate).isInstanceOf(TransientFailure.class);
    }

    assertThatThrownBy(this::annotate).isInstanceOf(CircuitBreakerOpenException.class);
    assertThatThrownBy(() -> analyze(Feature.COLORS))
        .isInstanceOf(TransientFailure.class)
        .hasMessage("Vision is not asked: nearly all of its latest answers were errors");
    assertThat(analyze(new Feature("later")).skipped()).contains("None of the features is known.");
    assertThat(asked()).isEqualTo(CALLS_LOOKED_AT);

    cloud.clearFaults();
    awaitAnAnswer();
  }

  @Test
  void aVisionThatOnlyThrottlesGoesOnBeingAsked() {
    for (int i = 0; i < 2 * CALLS_LOOKED_AT; i++) {
      if (i % 3 != 0) {
        throttled();
        assertThatThrownBy(this::annotate).isInstanceOf(TransientFailure.class);
        cloud.clearFaults();
      } else {
        assertThatThrownBy(this::annotate).isInstanceOf(PermanentFailure.class);
      }
    }

    assertThat(asked()).isEqualTo(2 * CALLS_LOOKED_AT);
  }

  @Test
  void noMoreCallsWaitForVisionThanAreAllowed() throws Exception {
    cloud.fault("{\"calls\": \"%s\", \"effect\": \"delay\", \"millis\": 3000}".formatted(CALL));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<?>> waiting =
          java.util.stream.IntStream.range(0, AT_A_TIME)
              .<CompletableFuture<?>>mapToObj(
                  unused -> CompletableFuture.runAsync(this::annotate, threads))
              .toList();
      while (asked() < AT_A_TIME) {
        Thread.onSpinWait();
      }

      assertThatThrownBy(this::annotate).isInstanceOf(BulkheadException.class);
      assertThatThrownBy(() -> analyze(Feature.COLORS))
          .isInstanceOf(TransientFailure.class)
          .hasMessage("Vision is not asked: as many calls as are allowed wait for it");

      waiting.forEach(
          one -> assertThatThrownBy(one::join).hasCauseInstanceOf(PermanentFailure.class));
    }
    assertThat(asked()).isEqualTo(AT_A_TIME);
  }

  /** The warm-up asks Vision, too. */
  private void awaitWarm() throws InterruptedException {
    long deadline = System.nanoTime() + LONG.toNanos();
    while (!warmUp.call().getData().orElseThrow().get("cold").equals(0L)) {
      assertThat(System.nanoTime()).as("still cold").isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  /** The first call that is made again closes the circuit. */
  private void awaitAnAnswer() throws InterruptedException {
    long deadline = System.nanoTime() + LONG.toNanos();
    while (System.nanoTime() < deadline) {
      try {
        annotate();
      } catch (PermanentFailure answered) {
        return;
      } catch (CircuitBreakerOpenException open) {
        Thread.sleep(20);
      }
    }
    throw new AssertionError("Vision was never asked again");
  }

  private void annotate() {
    calls.annotate(BROKEN, Deadline.in(LONG, InstantSource.system()));
  }

  private Analysis analyze(Feature feature) {
    return analyzer.analyze(
        new ObjectRef(LocalCloudProcess.BUCKET, "none", 1),
        (MetadataOutput) TestTask.output(Stage.METADATA),
        List.of(feature),
        Deadline.in(LONG, InstantSource.system()));
  }

  private void throttled() {
    cloud.fault(
        "{\"calls\": \"%s\", \"effect\": \"failBefore\", \"code\": \"RESOURCE_EXHAUSTED\"}"
            .formatted(CALL));
  }

  private int asked() {
    return cloud.counters().path(CALL).asInt();
  }
}
