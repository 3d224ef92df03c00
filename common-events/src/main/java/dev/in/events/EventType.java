package dev.in.events;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a message says. The first three are task messages, each driving one stage of the chain; the
 * others are events, announcing what has happened.
 */
public enum EventType {
  DOWNLOAD_REQUESTED("download.requested", DownloadRequested.class),
  METADATA_REQUESTED("metadata.requested", MetadataRequested.class),
  AI_REQUESTED("ai.requested", AiRequested.class),
  IMAGE_DOWNLOADED("image.downloaded", ImageDownloaded.class),
  METADATA_EXTRACTED("metadata.extracted", MetadataExtracted.class, "image.metadata_extracted"),
  AI_ANALYZED("ai.analyzed", AiAnalyzed.class, "image.analyzed"),
  TASK_COMPLETED("task.completed", TaskCompleted.class),
  TASK_FAILED("task.failed", TaskFailed.class);

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
