package dev.in.events;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a message says: task messages ({@link TaskMessage}) drive one stage of the chain each,
 * events ({@link Event}, {@link AccountEvent}) announce what has happened, commands ({@link
 * TaskCommand}) change a task.
 */
public enum EventType {
  DOWNLOAD_REQUESTED("download.requested", DownloadRequested.class),
  METADATA_REQUESTED("metadata.requested", MetadataRequested.class),
  AI_REQUESTED("ai.requested", AiRequested.class),
  IMAGE_DOWNLOADED("image.downloaded", ImageDownloaded.class),
  METADATA_EXTRACTED("metadata.extracted", MetadataExtracted.class, "image.metadata_extracted"),
  AI_ANALYZED("ai.analyzed", AiAnalyzed.class, "image.analyzed"),
  TASK_COMPLETED("task.completed", TaskCompleted.class),
  TASK_FAILED("task.failed", TaskFailed.class),
  TASK_REDRIVE("task.redrive", TaskRedrive.class),
  TASK_CANCEL("task.cancel", TaskCancel.class),
  TASK_DELETE("task.delete", TaskDelete.class),
  WEBHOOK_DISABLED("webhook.disabled", WebhookDisabled.class),
  MAIL_CONFIRMATION_REQUESTED("mail.confirmation_requested", MailConfirmationRequested.class),
  MEDIA_UPLOAD_COMPLETED("media.upload.completed", MediaUploadCompleted.class),
  BUDGET_EXCEEDED("budget.exceeded", BudgetExceeded.class),
  ACCOUNT_DELETED("account.deleted", AccountDeleted.class);

  private final String wireName;
  private final Class<? extends RecognizedPayload> payloadType;
  private final List<String> legacyNames;

  EventType(
      String wireName, Class<? extends RecognizedPayload> payloadType, String... legacyNames) {
    this.wireName = wireName;
    this.payloadType = payloadType;
    this.legacyNames = List.of(legacyNames);
  }

  /** The name that is written, as in {@code image.downloaded}. */
  public String wireName() {
    return wireName;
  }

  /** The record that carries this type's payload. */
  public Class<? extends RecognizedPayload> payloadType() {
    return payloadType;
  }

  /** Older names: accepted when read, never written. */
  public List<String> legacyNames() {
    return legacyNames;
  }

  /** The type of that name, older names included; empty for a name this version does not know. */
  public static Optional<EventType> fromWire(String name) {
    return Arrays.stream(values())
        .filter(type -> type.wireName.equals(name) || type.legacyNames.contains(name))
        .findFirst();
  }
}
