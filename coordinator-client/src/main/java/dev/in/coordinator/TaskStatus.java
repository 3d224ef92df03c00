package dev.in.coordinator;

/** A task's summary status, as the edge names it. */
public enum TaskStatus {
  /** {@code processing} in Firestore. */
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
