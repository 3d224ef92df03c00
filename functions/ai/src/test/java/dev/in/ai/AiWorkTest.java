package dev.in.ai;

import static dev.in.core.testing.LocalCloudProcess.BUCKET;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.NoCredentials;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import com.google.cloud.vision.v1.ImageAnnotatorClient;
import dev.in.core.failure.Deadline;
import dev.in.core.failure.PermanentFailure;
import dev.in.core.failure.TransientFailure;
import dev.in.core.stage.DownloadOutput;
import dev.in.core.stage.MetadataOutput;
import dev.in.core.switches.Switch;
import dev.in.core.task.TaskDocument;
import dev.in.core.task.TaskStatus;
import dev.in.core.telemetry.Calls;
import dev.in.core.telemetry.Meters;
import dev.in.core.telemetry.Spans;
import dev.in.core.testing.LocalCloudExtension;
import dev.in.core.testing.LocalCloudProcess;
import dev.in.core.testing.Settings;
import dev.in.core.testing.TestTask;
import dev.in.events.FailureCode;
import dev.in.events.Feature;
import dev.in.events.ObjectRef;
import dev.in.events.Stage;
import dev.in.result.Analysis;
import dev.in.result.ColorShare;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The stage's work with Google's own Vision client, against the local cloud. */
@ExtendWith(LocalCloudExtension.class)
class AiWorkTest {
  private static final String CALL = "google.cloud.vision.v1.ImageAnnotator/BatchAnnotateImages";
  private static final long MEGABYTE = 1 << 20;

  private static LocalCloudProcess cloud;
  private static ImageAnnotatorClient vision;
  private static Storage storage;

  private boolean analysisIsOn = true;
  private final AiWork work =
      new AiWork(
          new VisionAnalyzer(
              new VisionCalls(
                  vision,
                  new Calls(new Spans(OpenTelemetry.noop()), new Meters(new SimpleMeterRegistry())),
                  Settings.of(AiConfig.class, Map.of()))),
          which -> which != Switch.ANALYSIS || analysisIsOn);
  private final String name = "tasks/" + UUID.randomUUID() + "/1/original";

  @BeforeAll
  static void connect(LocalCloudProcess localCloud) throws IOException {
    cloud = localCloud;
    vision =
        new VisionProducer()
            .vision(Settings.of(AiConfig.class, Map.of("IN_AI_VISION_HOST", cloud.host())));
    storage =
        StorageOptions.newBuilder()
            .setProjectId(LocalCloudProcess.PROJECT)
            .setHost(cloud.endpoint().toString())
            .setCredentials(NoCredentials.getInstance())
            .build()
            .getService();
  }

  @AfterAll
  static void disconnect() {
    if (vision != null) {
      vision.close();
    }
  }

  @AfterEach
  void noMoreFaults() {
    cloud.clearFaults();
  }

  @Test
  void theImageIsLookedAtWhereItLies() throws IOException {
    put(twoHalves());
    cloud.resetCounters();

    Analysis analysis = analyze("image/png", 1_000, Feature.DEFAULT);

    assertThat(analysis.text().orElseThrow().lines()).isEmpty();
    assertThat(analysis.colors().orElseThrow())
        .extracting(ColorShare::rgb)
        .containsExactlyInAnyOrder("#c81e1e", "#145ac8");
    assertThat(analysis.colors().orElseThrow())
        .allSatisfy(color -> assertThat(color.pixelFraction()).isEqualTo(0.5));
    assertThat(analysis.unavailable()).isEmpty();
    assertThat(cloud.counters().path(CALL).asInt()).isEqualTo(1);
    assertThat(cloud.counters().path("vision.units").asInt()).isEqualTo(2);
  }

  @Test
  void onlyWhatIsAskedForIsPaidFor() throws IOException {
    put(twoHalves());
    cloud.resetCounters();

    Analysis analysis = analyze("image/png", 1_000, List.of(Feature.COLORS));

    assertThat(analysis.text()).isEmpty();
    assertThat(analysis.colors()).isPresent();
    assertThat(cloud.counters().path("vision.units/IMAGE_PROPERTIES").asInt()).isEqualTo(1);
    assertThat(cloud.counters().path("vision.units").asInt()).isEqualTo(1);
  }

  @Test
  void whatHasNoEngineIsListedBesideWhatWasComputed() throws IOException {
    put(twoHalves());
    Feature later = new Feature("later");

    Analysis analysis = analyze("image/png", 1_000, List.of(Feature.LABELS, Feature.COLORS, later));

    assertThat(analysis.colors().orElseThrow()).hasSize(2);
    assertThat(analysis.labels()).isEmpty();
    assertThat(analysis.unavailable()).containsExactly(Feature.LABELS, later);
    assertThat(analysis.skipped()).isEmpty();
  }

  @Test
  void whereNoFeatureIsKnownNothingIsAsked() {
    cloud.resetCounters();

    Analysis analysis = analyze("image/png", 1_000, List.of(new Feature("later")));

    assertThat(analysis.skipped()).contains("None of the features is known.");
    assertThat(cloud.counters().path(CALL).asInt()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "image/heic, 1, Cloud Vision takes no image/heic.",
    "image/avif, 1, Cloud Vision takes no image/avif.",
    "image/jpeg, 20971521, Cloud Vision takes no files above 20 MB."
  })
  void whatVisionDoesNotTakeIsSkippedWithoutAsking(String type, long size, String why) {
    cloud.resetCounters();

    Analysis analysis = analyze(type, size, Feature.DEFAULT);

    assertThat(analysis.skipped()).contains(why);
    assertThat(analysis.features()).isEqualTo(Feature.DEFAULT);
    assertThat(cloud.counters().path(CALL).asInt()).isZero();
  }

  @Test
  void whereAnalysisIsSwitchedOffItIsSkippedWithoutAsking() {
    analysisIsOn = false;
    cloud.resetCounters();

    assertThat(analyze("image/png", 1_000, Feature.DEFAULT).skipped())
        .contains("Analysis is switched off at the moment.");
    assertThat(cloud.counters().path(CALL).asInt()).isZero();
  }

  @Test
  void whereTheBudgetIsUsedUpItIsSkippedWithoutAsking() {
    cloud.resetCounters();
    TaskDocument task = task("image/png", 1_000, Feature.DEFAULT, Optional.of("budget_exceeded"));

    Analysis analysis = analyze(task);

    assertThat(analysis.skipped()).contains("budget_exceeded");
    assertThat(analysis.features()).isEqualTo(Feature.DEFAULT);
    assertThat(cloud.counters().path(CALL).asInt()).isZero();
  }

  @Test
  void twentyMegabytesAreTaken() throws IOException {
    put(twoHalves());

    assertThat(analyze("image/png", 20 * MEGABYTE, Feature.DEFAULT).skipped()).isEmpty();
  }

  @Test
  void aImageThatIsBrokenIsRejectedForGood() {
    put("\u0089PNG and nothing else".getBytes(US_ASCII));

    assertRejected();
  }

  @Test
  void aCallThatIsRefusedForTheImageIsRejectedForGood() throws IOException {
    put(twoHalves());
    failing("INVALID_ARGUMENT");

    assertRejected();
  }

  @Test
  void anObjectThatIsNotThereIsAFaultOfOurs() {
    assertThatThrownBy(() -> analyze("image/png", 1_000, Feature.DEFAULT))
        .isInstanceOf(TransientFailure.class)
        .hasMessageStartingWith("Vision answered PERMISSION_DENIED: Error opening file: gs://");
  }

  @ParameterizedTest
  @ValueSource(strings = {"INTERNAL", "RESOURCE_EXHAUSTED", "PERMISSION_DENIED", "UNAUTHENTICATED"})
  void aFaultOfVisionsPasses(String code) throws IOException {
    put(twoHalves());
    failing(code);

    assertThatThrownBy(() -> analyze("image/png", 1_000, Feature.DEFAULT))
        .isInstanceOf(TransientFailure.class)
        .hasMessage("Vision cannot be asked")
        .hasRootCauseMessage(code + ": made to fail by a rule of the local cloud");
  }

  @Test
  void anOutageOfVisionEndsWithTheBudget() throws IOException {
    put(twoHalves());
    failing("UNAVAILABLE");

    assertOutOfTime();
  }

  @Test
  void aVisionThatHangsEndsWithTheBudget() throws IOException {
    put(twoHalves());
    cloud.fault("{\"calls\": \"%s\", \"effect\": \"hang\"}".formatted(CALL));

    assertOutOfTime();
  }

  private void assertRejected() {
    PermanentFailure failure =
        catchThrowableOfType(
            PermanentFailure.class, () -> analyze("image/png", 1_000, Feature.DEFAULT));
    assertThat(failure.code()).isEqualTo(FailureCode.ANALYSIS_REJECTED);
  }

  private void assertOutOfTime() {
    TaskDocument task = task("image/png", 1_000, Feature.DEFAULT);
    Deadline budget = Deadline.in(Duration.ofMillis(700), InstantSource.system());

    assertThatThrownBy(() -> work.work(task, budget))
        .isInstanceOf(TransientFailure.class)
        .hasMessage("Vision did not answer in time");
  }

  private static void failing(String code) {
    cloud.fault(
        "{\"calls\": \"%s\", \"effect\": \"failBefore\", \"code\": \"%s\"}".formatted(CALL, code));
  }

  private Analysis analyze(String contentType, long sizeBytes, List<Feature> features) {
    return analyze(task(contentType, sizeBytes, features));
  }

  private Analysis analyze(TaskDocument task) {
    Deadline budget = Deadline.in(Duration.ofSeconds(60), InstantSource.system());
    return work.work(task, budget).analysis();
  }

  private TaskDocument task(String contentType, long sizeBytes, List<Feature> features) {
    return task(contentType, sizeBytes, features, Optional.empty());
  }

  private TaskDocument task(
      String contentType, long sizeBytes, List<Feature> features, Optional<String> skipAnalysis) {
    DownloadOutput image =
        new DownloadOutput(
            new ObjectRef(BUCKET, name, 1), contentType, sizeBytes, "ab".repeat(32), "AAAAAA==");
    MetadataOutput size = (MetadataOutput) TestTask.output(Stage.METADATA);
    return new TaskDocument(
        TestTask.REF,
        TaskStatus.PROCESSING,
        TestTask.INPUT,
        features,
        skipAnalysis,
        TestTask.ROUTING,
        Map.of(
            Stage.DOWNLOAD,
            TestTask.completed(Stage.DOWNLOAD, image),
            Stage.METADATA,
            TestTask.completed(Stage.METADATA, size)),
        TestTask.START,
        TestTask.START,
        TestTask.START,
        TestTask.START.plusSeconds(1));
  }

  private void put(byte[] bytes) {
    storage.create(BlobInfo.newBuilder(BUCKET, name).build(), bytes);
  }

  private static byte[] twoHalves() throws IOException {
    BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new java.awt.Color(0xc81e1e));
    graphics.fillRect(0, 0, 32, 48);
    graphics.setColor(new java.awt.Color(0x145ac8));
    graphics.fillRect(32, 0, 32, 48);
    graphics.dispose();
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    return png.toByteArray();
  }
}
