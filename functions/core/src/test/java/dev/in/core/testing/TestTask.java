package dev.in.core.testing;

import dev.in.core.handler.Delivery;
import dev.in.core.handler.ReceivedMessage;
import dev.in.core.stage.AiOutput;
import dev.in.core.stage.DownloadOutput;
import dev.in.core.stage.MetadataOutput;
import dev.in.core.stage.StageOutput;
import dev.in.core.task.Lease;
import dev.in.core.task.StageState;
import dev.in.core.task.TaskDocument;
import dev.in.core.task.TaskStatus;
import dev.in.events.AiRequested;
import dev.in.events.DownloadRequested;
import dev.in.events.EventAttributes;
import dev.in.events.EventAttributes.Routing;
import dev.in.events.EventCodec;
import dev.in.events.Feature;
import dev.in.events.INEvent;
import dev.in.events.ImageInput;
import dev.in.events.MetadataRequested;
import dev.in.events.ObjectRef;
import dev.in.events.Priority;
import dev.in.events.RecognizedPayload;
import dev.in.events.Stage;
import dev.in.events.TaskRef;
import dev.in.result.Analysis;
import dev.in.result.Gps;
import dev.in.result.Metadata;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One task as tests use it: its document at any point of its life, and its messages. */
public final class TestTask {
  public static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  public static final String ID = "task_0123456789abcdef";
  public static final TaskRef REF = new TaskRef(ID, 1, "0af7651916cd43dd8448eb211c80319c");
  public static final ImageInput INPUT = new ImageInput.Upload("upload_0123456789abcdef");
  public static final List<Feature> FEATURES = Feature.DEFAULT;
  public static final Routing ROUTING = new Routing(Priority.HIGH, "owner-7", "cli");

  private static final String SHA256 = "ab".repeat(32);
  private static final ObjectRef OBJECT =
      new ObjectRef("in-local-images", "tasks/" + ID + "/1/original", 1_767_225_600_000_001L);

  private TestTask() {}

  /** A document with these stages; the others are pending. */
  public static TaskDocument document(TaskStatus status, Map<Stage, StageState> stages) {
    return new TaskDocument(
        REF,
        status,
        INPUT,
        FEATURES,
        ROUTING,
        stages,
        START,
        START,
        START,
        START.plus(Duration.ofDays(40)));
  }

  /** The same at another run. */
  public static TaskDocument atRun(TaskDocument document, int run) {
    return new TaskDocument(
        new TaskRef(document.task().taskId(), run, document.task().traceId()),
        document.status(),
        document.input(),
        document.features(),
        document.routing(),
        document.stages(),
        document.createdAt(),
        document.runStartedAt(),
        document.updatedAt(),
        document.expiresAt());
  }

  /** A claim made at {@link #START} for 90 s. */
  public static Lease lease(String token, String messageId, int deliveryAttempt) {
    return new Lease(token, messageId, deliveryAttempt, START.plusSeconds(90));
  }

  public static StageState running(Lease lease) {
    return StageState.PENDING.claimed(lease, START);
  }

  public static StageState completed(Stage stage) {
    return completed(stage, "message-of-" + stage);
  }

  /** Completed in run 1 by the work of that message. */
  public static StageState completed(Stage stage, String messageId) {
    return completed(lease("done", messageId, 1), output(stage));
  }

  /** Completed in run 1 with that output. */
  public static StageState completed(Stage stage, StageOutput output) {
    return completed(lease("done", "message-of-" + stage, 1), output);
  }

  private static StageState completed(Lease lease, StageOutput output) {
    return running(lease).completed(lease, 1, output, START.plusSeconds(2));
  }

  public static StageOutput output(Stage stage) {
    return switch (stage) {
      case DOWNLOAD -> new DownloadOutput(OBJECT, "image/jpeg", 123_456, SHA256, "AAAAAA==");
      case METADATA -> new MetadataOutput(640, 480, plainMetadata());
      case AI -> new AiOutput(Analysis.skipped("local", FEATURES, "not today"));
    };
  }

  /** What a second download would have stored, had the first not been taken. */
  public static StageOutput otherDownload() {
    return new DownloadOutput(OBJECT, "image/png", 99, "cd".repeat(32), "BBBBBB==");
  }

  private static Metadata plainMetadata() {
    return new Metadata(
        6,
        Optional.of("sRGB"),
        Optional.of("2025-12-31T23:59:59"),
        Optional.of("Maker"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(new Gps(52.5, 13.4, Optional.empty(), Optional.empty(), Optional.empty())),
        List.of("sea"),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  /** The message that drives a stage. */
  public static INEvent<? extends RecognizedPayload> request(Stage stage) {
    return switch (stage) {
      case DOWNLOAD ->
          INEvent.of(REF, "edge", START, "edge", new DownloadRequested(INPUT, FEATURES));
      case METADATA ->
          INEvent.of(
              REF,
              "download",
              START.plusSeconds(2),
              "download",
              new MetadataRequested(OBJECT, "image/jpeg", 123_456, SHA256, FEATURES));
      case AI ->
          INEvent.of(
              REF,
              "metadata",
              START.plusSeconds(2),
              "metadata",
              new AiRequested(OBJECT, "image/jpeg", 123_456, SHA256, 640, 480, FEATURES));
    };
  }

  /** The same event of another run. */
  public static INEvent<? extends RecognizedPayload> atRun(
      INEvent<? extends RecognizedPayload> event, int run) {
    return new INEvent<>(
        event.eventId(),
        event.taskId(),
        event.traceId(),
        event.timestamp(),
        event.source(),
        run,
        event.schemaVersion(),
        event.payload());
  }

  /** One delivery of an event, as Pub/Sub would make it. */
  public static Delivery<RecognizedPayload> delivery(
      INEvent<? extends RecognizedPayload> event, String messageId, int deliveryAttempt) {
    return new Delivery<>(
        new INEvent<RecognizedPayload>(
            event.eventId(),
            event.taskId(),
            event.traceId(),
            event.timestamp(),
            event.source(),
            event.run(),
            event.schemaVersion(),
            event.payload()),
        ROUTING,
        message(event, messageId, deliveryAttempt));
  }

  public static ReceivedMessage message(INEvent<?> event, String messageId, int deliveryAttempt) {
    return new ReceivedMessage(
        EventCodec.write(event),
        EventAttributes.of(event, ROUTING, Optional.empty()).toMap(),
        messageId,
        Optional.of(START),
        "projects/in-local/subscriptions/" + event.source(),
        deliveryAttempt);
  }
}
