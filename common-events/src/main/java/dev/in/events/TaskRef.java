package dev.in.events;

/**
 * One run of one task.
 *
 * @param run 1 at first, one more with each redrive
 * @param traceId the submission's, 32 lower-case hex digits
 */
public record TaskRef(String taskId, int run, String traceId) {
  public TaskRef {
    Identifiers.requireTaskId(taskId);
    Identifiers.requireTraceId(traceId);
    if (run < 1) {
      throw new IllegalArgumentException("run must be 1 or more");
    }
  }
}
