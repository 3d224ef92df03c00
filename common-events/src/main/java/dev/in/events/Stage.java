package dev.in.events;

import java.util.Arrays;
import java.util.Optional;

/**
 * A stage of the chain. Its function, its task topic and its part of the document have its name.
 */
public enum Stage {
  DOWNLOAD("download", EventType.DOWNLOAD_REQUESTED),
  METADATA("metadata", EventType.METADATA_REQUESTED),
  AI("ai", EventType.AI_REQUESTED);

  private final String wireName;
  private final EventType request;

  Stage(String wireName, EventType request) {
    this.wireName = wireName;
    this.request = request;
  }

  public String wireName() {
    return wireName;
  }

  /** The task message that drives this stage. */
  public EventType request() {
    return request;
  }

  public static Optional<Stage> fromWire(String name) {
    return Arrays.stream(values()).filter(stage -> stage.wireName.equals(name)).findFirst();
  }

  @Override
  public String toString() {
    return wireName;
  }
}
