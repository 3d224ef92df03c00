package dev.in.events;

/**
 * One run of one task.
 *
 * @param traceId the submission's, 32 lower-case hex digits
 */
public record TaskRef(String taskId, int run, String traceId) {
  public TaskRef {
    Identifiers.requireId("taskId", taskId);
    Identifiers.requireTraceId(traceId);
  }
}
