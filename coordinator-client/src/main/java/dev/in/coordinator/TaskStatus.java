package dev.in.coordinator;

/** A task's summary status, in the edge's words. */
public enum TaskStatus {
  /** Firestore's own word for it is {@code processing}. */
  PROCESSING_IN_GCP("processing_in_gcp"),
  COMPLETED("completed"),
  FAILED("failed");

  private final String wireName;

  TaskStatus(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
