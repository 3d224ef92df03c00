package dev.in.recovery;

import static java.util.Objects.requireNonNull;

import dev.in.core.engine.TaskRecovery.Result;
import dev.in.core.failure.Deadline;
import dev.in.events.EventType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The audit record of what operators have commanded and what came of it: {@code
 * operations/{operationId}} says who wanted what, {@code operations/{operationId.taskId}} what was
 * done to each task. Each method throws {@link dev.in.core.failure.TransientFailure} if the log
 * does not answer.
 */
interface OperationLog {

  /**
   * What an operator wants done to many tasks.
   *
   * @param account the service account that asked, which was verified
   * @param requestedBy the person behind it, as their tool says
   * @param selection how the tasks were chosen, for people
   */
  record Operation(
      String operationId,
      EventType command,
      String account,
      String requestedBy,
      Instant requestedAt,
      Map<String, String> selection,
      List<String> tasks) {
    public Operation {
      requireNonNull(operationId, "operationId is null");
      requireNonNull(command, "command is null");
      requireNonNull(account, "account is null");
      requireNonNull(requestedBy, "requestedBy is null");
      requireNonNull(requestedAt, "requestedAt is null");
      selection = Map.copyOf(selection);
      tasks = List.copyOf(tasks);
    }
  }

  /**
   * What was done to one task.
   *
   * @param run of a redrive the new run, else the run at that time
   */
  record Entry(
      String operationId, String taskId, int run, EventType command, Result result, Instant at) {}

  /**
   * Begins an operation; the same one begun again is still one.
   *
   * @return false if there is another one of that id
   */
  boolean begin(Operation operation, Deadline deadline);

  /** Empty if none of that id was begun. */
  Optional<Operation> operation(String operationId, Deadline deadline);

  /** Records what was done to a task; the same command executed again is still one. */
  void record(Entry entry, Deadline deadline);

  /** What was done to each task so far; empty if there is no such operation. */
  Map<String, Result> results(String operationId, Deadline deadline);
}
