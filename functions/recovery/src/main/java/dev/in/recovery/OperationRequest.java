package dev.in.recovery;

import dev.in.events.EventType;
import dev.in.events.Identifiers;
import jakarta.ws.rs.BadRequestException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The body that begins an operation.
 *
 * @param command {@code redrive}, {@code cancel} or {@code delete}
 * @param requestedBy the person behind the service account
 * @param selection how the tasks were chosen, for people; may be absent
 */
public record OperationRequest(
    String command, String requestedBy, Map<String, String> selection, List<String> tasks) {
  private static final Pattern COMMAND = Pattern.compile("redrive|cancel|delete");

  /** Their ids fit into one document, whose limit is 1 MiB. */
  private static final int MAX_TASKS = 10_000;

  private static final int MAX_TEXT = 500;
  private static final int MAX_SELECTION = 10;

  /**
   * @throws BadRequestException if something is missing, or too much
   */
  OperationLog.Operation operation(String operationId, String account, Instant now) {
    Map<String, String> chosen = selection == null ? Map.of() : selection;
    require(command != null && COMMAND.matcher(command).matches(), "command is none of " + COMMAND);
    require(isText(requestedBy), "requestedBy is not a short text");
    require(
        chosen.size() <= MAX_SELECTION && chosen.values().stream().allMatch(this::isText),
        "selection is not an object of a few short texts");
    require(
        tasks != null && !tasks.isEmpty() && tasks.size() <= MAX_TASKS,
        "tasks are not 1 to " + MAX_TASKS);
    require(
        tasks.stream().allMatch(id -> id != null && Identifiers.TASK_ID.matcher(id).matches()),
        "a task's id is not of the form " + Identifiers.TASK_ID);
    return new OperationLog.Operation(
        operationId,
        EventType.fromWire("task." + command).orElseThrow(),
        account,
        requestedBy,
        now,
        chosen,
        tasks);
  }

  private boolean isText(String value) {
    return value != null && !value.isBlank() && value.length() <= MAX_TEXT;
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new BadRequestException(message);
    }
  }
}
