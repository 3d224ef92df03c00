package dev.in.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.in.json.MalformedJsonException;
import dev.in.json.StrictJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** One message of every type, each as a record and as the literal document on the wire. */
public final class Examples {
  private static final TaskRef TASK =
      new TaskRef("q83vEjRWeJCrze8SNFZ4kA", 1, "0af7651916cd43dd8448eb211c80319c");
  private static final Instant AT = Instant.ofEpochMilli(1_760_000_000_123L);
  private static final String SHA256 = "0123456789abcdef".repeat(4);
  private static final ObjectRef OBJECT =
      new ObjectRef("in-local-images", "tasks/q83vEjRWeJCrze8SNFZ4kA/1/original", 1234567890123L);

  private static final String OPERATION = "0p3r4t10n_0p3r4t10n-1A";

  /**
   * @param json one line, as it is written
   */
  public record Example(String name, INEvent<?> event, String json) {
    @Override
    public String toString() {
      return name;
    }
  }

  private Examples() {}

  public static Example of(EventType type) {
    return switch (type) {
      case DOWNLOAD_REQUESTED -> downloadOfUpload();
      case METADATA_REQUESTED -> metadataRequested();
      case AI_REQUESTED -> aiRequested();
      case IMAGE_DOWNLOADED -> imageDownloaded();
      case METADATA_EXTRACTED -> metadataExtracted();
      case AI_ANALYZED -> aiAnalyzed();
      case TASK_COMPLETED -> taskCompleted();
      case TASK_FAILED -> taskFailed();
      case TASK_REDRIVE -> command(new TaskRedrive(OPERATION));
      case TASK_CANCEL -> command(new TaskCancel(OPERATION));
      case TASK_DELETE -> taskDelete();
      case WEBHOOK_DISABLED -> webhookDisabled();
      case MAIL_CONFIRMATION_REQUESTED -> mailConfirmationRequested();
      case MEDIA_UPLOAD_COMPLETED -> mediaUploadCompleted();
      case BUDGET_EXCEEDED -> budgetExceeded();
      case ACCOUNT_DELETED -> accountDeleted();
    };
  }

  public static Stream<Example> all() {
    return Stream.concat(
        Stream.of(EventType.values()).map(Examples::of),
        Stream.of(
            downloadOfUrl(),
            downloadWithoutAnalysis(),
            sparseMetadata(),
            skippedAnalysis(),
            completedWithoutSize(),
            unansweredWebhook(),
            budgetOfAllExceeded()));
  }

  private static Example downloadOfUpload() {
    return example(
        "download.requested of an upload",
        "edge",
        "edge",
        new DownloadRequested(
            new ImageInput.Upload("uuuuuuuuuuuuuuuuuuuuuu"),
            List.of(Feature.TEXT, new Feature("barcodes"))),
        "272def0c-526d-5cf6-8685-0ea756495d32",
        """
        {"input":{"uploadId":"uuuuuuuuuuuuuuuuuuuuuu"},"features":["text","barcodes"]}\
        """);
  }

  private static Example downloadOfUrl() {
    return example(
        "download.requested of a URL",
        "edge",
        "edge",
        new DownloadRequested(
            new ImageInput.Url("https://images.example/\u00e9t\u00e9.jpg?a=1&b=\"2\""),
            Feature.DEFAULT),
        "272def0c-526d-5cf6-8685-0ea756495d32",
        """
        {"input":{"imageUrl":"https://images.example/\u00e9t\u00e9.jpg?a=1&b=\\"2\\""},\
        "features":["text","colors"]}\
        """);
  }

  private static Example downloadWithoutAnalysis() {
    return example(
        "download.requested of an image that is not to be analysed",
        "edge",
        "edge",
        new DownloadRequested(
            new ImageInput.Upload("uuuuuuuuuuuuuuuuuuuuuu"),
            Feature.DEFAULT,
            Optional.of("budget_exceeded")),
        "272def0c-526d-5cf6-8685-0ea756495d32",
        """
        {"input":{"uploadId":"uuuuuuuuuuuuuuuuuuuuuu"},"features":["text","colors"],\
        "skipAnalysis":"budget_exceeded"}\
        """);
  }

  private static Example metadataRequested() {
    return example(
        "metadata.requested",
        "download",
        "download",
        new MetadataRequested(OBJECT, "image/jpeg", 48_211L, SHA256, Feature.DEFAULT),
        "4a5390b3-6510-52a2-9fc6-f21059639950",
        """
        {"object":{"bucket":"in-local-images","name":"tasks/q83vEjRWeJCrze8SNFZ4kA/1/original",\
        "generation":1234567890123},"contentType":"image/jpeg","sizeBytes":48211,\
        "sha256":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",\
        "features":["text","colors"]}\
        """);
  }

  private static Example aiRequested() {
    return example(
        "ai.requested",
        "metadata",
        "metadata",
        new AiRequested(OBJECT, "image/jpeg", 48_211L, SHA256, 640, 480, Feature.DEFAULT),
        "d5746257-686d-5274-9223-479ed969d4da",
        """
        {"object":{"bucket":"in-local-images","name":"tasks/q83vEjRWeJCrze8SNFZ4kA/1/original",\
        "generation":1234567890123},"contentType":"image/jpeg","sizeBytes":48211,\
        "sha256":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",\
        "width":640,"height":480,"features":["text","colors"]}\
        """);
  }

  private static Example imageDownloaded() {
    return example(
        "image.downloaded",
        "download",
        "download",
        new ImageDownloaded(OBJECT, "image/jpeg", 48_211L, SHA256),
        "c69afb1a-00f6-5c35-ab1f-7e837a70c1b9",
        """
        {"object":{"bucket":"in-local-images","name":"tasks/q83vEjRWeJCrze8SNFZ4kA/1/original",\
        "generation":1234567890123},"contentType":"image/jpeg","sizeBytes":48211,\
        "sha256":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}\
        """);
  }

  private static Example metadataExtracted() {
    return example(
        "metadata.extracted",
        "metadata",
        "metadata",
        new MetadataExtracted(
            640,
            480,
            6,
            Optional.of("2024-05-01T12:00:00+02:00"),
            Optional.of("Canon"),
            Optional.of("EOS R5"),
            Optional.of("RF 24-70"),
            List.of("sea", "M\u00f6we")),
        "8d60721f-90f4-5b8a-81b9-f056dbabfab3",
        """
        {"width":640,"height":480,"orientation":6,"capturedAt":"2024-05-01T12:00:00+02:00",\
        "cameraMake":"Canon","cameraModel":"EOS R5","lens":"RF 24-70",\
        "keywords":["sea","M\u00f6we"]}\
        """);
  }

  private static Example command(TaskCommand command) {
    return example(
        command.wireType(),
        "edge",
        "edge",
        command,
        EventId.of(TASK.taskId(), TASK.run(), "edge", command.type()).toString(),
        """
        {"operationId":"0p3r4t10n_0p3r4t10n-1A"}\
        """);
  }

  private static Example taskDelete() {
    return example(
        "task.delete",
        "edge",
        "edge",
        new TaskDelete(OPERATION, Optional.of("uuuuuuuuuuuuuuuuuuuuuu")),
        EventId.of(TASK.taskId(), TASK.run(), "edge", EventType.TASK_DELETE).toString(),
        """
        {"operationId":"0p3r4t10n_0p3r4t10n-1A","uploadId":"uuuuuuuuuuuuuuuuuuuuuu"}\
        """);
  }

  private static Example webhookDisabled() {
    return example(
        "webhook.disabled",
        "edge",
        "edge",
        new WebhookDisabled(
            "w3bh00k_w3bh00k_w3bh0A", "failing", 1_759_568_000_000L, Optional.of(500)),
        EventId.of(TASK.taskId(), TASK.run(), "edge", EventType.WEBHOOK_DISABLED).toString(),
        """
        {"webhookId":"w3bh00k_w3bh00k_w3bh0A","reason":"failing","failingSince":1759568000000,\
        "lastStatus":500}\
        """);
  }

  private static Example mailConfirmationRequested() {
    return example(
        "mail.confirmation_requested",
        "edge",
        "edge",
        new MailConfirmationRequested("c0nf1rm_c0nf1rm_c0nf1A"),
        EventId.of(TASK.taskId(), TASK.run(), "edge", EventType.MAIL_CONFIRMATION_REQUESTED)
            .toString(),
        """
        {"requestId":"c0nf1rm_c0nf1rm_c0nf1A"}\
        """);
  }

  private static Example mediaUploadCompleted() {
    return example(
        "media.upload.completed",
        "edge",
        "edge",
        new MediaUploadCompleted(
            "uuuuuuuuuuuuuuuuuuuuuu",
            new ObjectRef(
                "in-local-images", "uploads/local/uuuuuuuuuuuuuuuuuuuuuu", 1_234_567_890_123L),
            "image/jpeg",
            48_211L),
        EventId.of(TASK.taskId(), TASK.run(), "edge", EventType.MEDIA_UPLOAD_COMPLETED).toString(),
        """
        {"uploadId":"uuuuuuuuuuuuuuuuuuuuuu","object":{"bucket":"in-local-images",\
        "name":"uploads/local/uuuuuuuuuuuuuuuuuuuuuu","generation":1234567890123},\
        "contentType":"image/jpeg","sizeBytes":48211}\
        """);
  }

  private static Example accountDeleted() {
    return example(
        "account.deleted",
        "edge",
        "edge",
        new AccountDeleted(OPERATION, 200),
        EventId.of(TASK.taskId(), TASK.run(), "edge", EventType.ACCOUNT_DELETED).toString(),
        """
        {"operationId":"0p3r4t10n_0p3r4t10n-1A","tasks":200}\
        """);
  }

  private static Example budgetExceeded() {
    return example(
        "budget.exceeded",
        "edge",
        "edge",
        new BudgetExceeded(Optional.of("acme"), "2026-11-26", 9_999, 10_000),
        EventId.of(TASK.taskId(), TASK.run(), "edge", EventType.BUDGET_EXCEEDED).toString(),
        """
        {"channel":"acme","day":"2026-11-26","units":9999,"budget":10000}\
        """);
  }

  private static Example budgetOfAllExceeded() {
    return example(
        "budget.exceeded of all channels",
        "edge",
        "edge",
        new BudgetExceeded(Optional.empty(), "2026-11-26", 10_000, 10_000),
        EventId.of(TASK.taskId(), TASK.run(), "edge", EventType.BUDGET_EXCEEDED).toString(),
        """
        {"day":"2026-11-26","units":10000,"budget":10000}\
        """);
  }

  private static Example unansweredWebhook() {
    return example(
        "webhook.disabled of an endpoint that never answered",
        "edge",
        "edge",
        new WebhookDisabled(
            "w3bh00k_w3bh00k_w3bh0A", "failing", 1_759_568_000_000L, Optional.empty()),
        EventId.of(TASK.taskId(), TASK.run(), "edge", EventType.WEBHOOK_DISABLED).toString(),
        """
        {"webhookId":"w3bh00k_w3bh00k_w3bh0A","reason":"failing","failingSince":1759568000000}\
        """);
  }

  private static Example sparseMetadata() {
    return example(
        "metadata.extracted of an image that says nothing",
        "metadata",
        "metadata",
        new MetadataExtracted(
            1,
            1,
            1,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of()),
        "8d60721f-90f4-5b8a-81b9-f056dbabfab3",
        """
        {"width":1,"height":1,"orientation":1,"keywords":[]}\
        """);
  }

  private static Example aiAnalyzed() {
    return example(
        "ai.analyzed",
        "ai",
        "ai",
        new AiAnalyzed(
            "vision",
            List.of(Feature.TEXT, Feature.COLORS, Feature.LABELS, Feature.OBJECTS),
            Optional.of(List.of(new AiAnalyzed.Tag("beach", 0.875))),
            Optional.of(List.of()),
            Optional.of(17),
            Optional.of(List.of("#102030", "#ffffff")),
            Optional.empty()),
        "9a80eed6-8d6c-5861-811e-b547edd5b28f",
        """
        {"provider":"vision","features":["text","colors","labels","objects"],\
        "labels":[{"name":"beach","confidence":0.875}],"objects":[],"textLength":17,\
        "colors":["#102030","#ffffff"]}\
        """);
  }

  private static Example skippedAnalysis() {
    return example(
        "ai.analyzed where there was no analysis",
        "ai",
        "ai",
        new AiAnalyzed(
            "vision",
            List.of(Feature.TEXT),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of("vision takes no image/heic")),
        "9a80eed6-8d6c-5861-811e-b547edd5b28f",
        """
        {"provider":"vision","features":["text"],"skipped":"vision takes no image/heic"}\
        """);
  }

  private static Example taskCompleted() {
    return example(
        "task.completed",
        "ai",
        "ai",
        new TaskCompleted(
            "image/jpeg", Optional.of(640), Optional.of(480), 48_211L, SHA256, 3_500L),
        "d4301ca3-349b-5e77-abd2-7e1ce86b7f5a",
        """
        {"contentType":"image/jpeg","width":640,"height":480,"sizeBytes":48211,\
        "sha256":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",\
        "durationMs":3500}\
        """);
  }

  private static Example completedWithoutSize() {
    return example(
        "task.completed of a chain that read no metadata",
        "download",
        "download",
        new TaskCompleted(
            "image/jpeg", Optional.empty(), Optional.empty(), 48_211L, SHA256, 3_500L),
        "8c2e79f2-d450-5052-8875-6e6349a4112b",
        """
        {"contentType":"image/jpeg","sizeBytes":48211,\
        "sha256":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",\
        "durationMs":3500}\
        """);
  }

  private static Example taskFailed() {
    return example(
        "task.failed, published by recovery",
        "metadata",
        "recovery",
        new TaskFailed("metadata", FailureCode.CORRUPT_IMAGE, "The image has no header."),
        "ab05f84d-66d4-52e7-a64b-5e4f880f7d9a",
        """
        {"stage":"metadata","code":"corrupt_image","message":"The image has no header."}\
        """);
  }

  private static Example example(
      String name,
      String stage,
      String source,
      RecognizedPayload payload,
      String eventId,
      String payloadJson) {
    return new Example(
        name,
        INEvent.of(TASK, stage, AT, source, payload),
        envelope(eventId, payload.wireType(), source, payloadJson));
  }

  /** The envelope of the examples' task around any payload. */
  static String envelope(String eventId, String eventType, String source, String payloadJson) {
    return """
    {"eventId":"%s","eventType":"%s","taskId":"q83vEjRWeJCrze8SNFZ4kA",\
    "traceId":"0af7651916cd43dd8448eb211c80319c","timestamp":1760000000123,"source":"%s",\
    "payload":%s,"run":1,"schemaVersion":1}\
    """
        .formatted(eventId, eventType, source, payloadJson);
  }

  /** A message of a type that this version does not know. */
  public static Example unrecognized(String payloadJson) throws MalformedJsonException {
    String json =
        envelope("9429cd77-c92c-51e9-ba30-5387bb06e987", "video.transcoded", "video", payloadJson);
    return new Example(
        "video.transcoded",
        new INEvent<>(
            UUID.fromString("9429cd77-c92c-51e9-ba30-5387bb06e987"),
            TASK.taskId(),
            TASK.traceId(),
            AT,
            "video",
            1,
            1,
            new Unrecognized("video.transcoded", StrictJson.object(payloadJson.getBytes(UTF_8)))),
        json);
  }
}
