package dev.in.recovery;

import dev.in.core.engine.TaskRecovery.Result;
import dev.in.core.failure.Deadline;
import dev.in.events.EventType;
import java.time.Instant;
import java.util.Map;

/** What operators have commanded and what came of it: {@code operations/{operationId.taskId}}. */
interface OperationLog {

  /**
   * @param run of a redrive the new run, else the run at that time
   */
  record Entry(
      String operationId, String taskId, int run, EventType command, Result result, Instant at) {}

  /**
   * Records one; the same command executed again is still one.
   *
   * @throws dev.in.core.failure.TransientFailure if it cannot be recorded
   */
  void record(Entry entry, Deadline deadline);

  /** How many tasks of an operation came to which result; empty if there is no such operation. */
  Map<Result, Long> results(String operationId, Deadline deadline);
}
