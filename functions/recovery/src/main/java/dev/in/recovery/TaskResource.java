package dev.in.recovery;

import static java.util.Objects.requireNonNull;

import dev.in.core.failure.Deadline;
import dev.in.core.task.TaskQueries;
import dev.in.core.task.TaskQueries.Cursor;
import dev.in.core.task.TaskQueries.FailedTask;
import dev.in.core.task.TaskQueries.Page;
import dev.in.core.task.TaskQueries.TaskState;
import dev.in.core.task.TaskStatus;
import dev.in.events.FailureCode;
import dev.in.events.Identifiers;
import dev.in.topology.Topology;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What operators ask about tasks before they command anything; they alone may call it. */
@Path("/operator")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class TaskResource {
  private static final int PAGE_SIZE = 500;

  private final Topology topology;
  private final TaskQueries tasks;
  private final InstantSource clock;

  TaskResource(Topology topology, TaskQueries tasks, InstantSource clock) {
    this.topology = requireNonNull(topology, "topology is null");
    this.tasks = requireNonNull(tasks, "tasks is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Failed tasks, a page at a time: {@code {items: [{taskId, run, stage, code, failedAt}],
   * nextCursor?}}.
   *
   * @param code only those that failed with it
   * @param since only those that failed at or after this time; a page may then have fewer items
   * @param cursor the {@code nextCursor} of the page before
   */
  @GET
  @Path("failed-tasks")
  public Map<String, Object> failedTasks(
      @QueryParam("code") String code,
      @QueryParam("since") String since,
      @QueryParam("cursor") String cursor) {
    Optional<Instant> from = Optional.ofNullable(since).map(TaskResource::time);
    Page page =
        tasks.failed(
            Optional.ofNullable(code).map(FailureCode::new),
            Optional.ofNullable(cursor).map(TaskResource::cursor),
            PAGE_SIZE,
            deadline());
    List<Map<String, Object>> items =
        page.tasks().stream()
            .filter(task -> from.stream().noneMatch(task.failedAt()::isBefore))
            .map(TaskResource::json)
            .toList();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("items", items);
    page.next().ifPresent(next -> answer.put("nextCursor", next.code() + "/" + next.taskId()));
    return answer;
  }

  /**
   * How one task stands: {@code {taskId, status, run?, stage?, code?, failedAt?}}, where the status
   * is {@code unknown}, {@code deleted}, or the document's.
   */
  @GET
  @Path("tasks/{taskId}")
  public Map<String, Object> task(@PathParam("taskId") String taskId) {
    if (!Identifiers.TASK_ID.matcher(taskId).matches()) {
      throw new BadRequestException("the task's id is not of the form " + Identifiers.TASK_ID);
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("taskId", taskId);
    switch (tasks.state(taskId, deadline())) {
      case TaskState.Unknown() -> answer.put("status", "unknown");
      case TaskState.Deleted() -> answer.put("status", "deleted");
      case TaskState.NotFailed(TaskStatus status, int run) -> {
        answer.put("status", status.wireName());
        answer.put("run", run);
      }
      case TaskState.Failed(FailedTask task) -> {
        answer.put("status", TaskStatus.FAILED.wireName());
        answer.putAll(json(task));
      }
    }
    return answer;
  }

  private static Map<String, Object> json(FailedTask task) {
    return Map.of(
        "taskId", task.taskId(),
        "run", task.run(),
        "stage", task.stage().wireName(),
        "code", task.code().value(),
        "failedAt", task.failedAt().toString());
  }

  private Deadline deadline() {
    return Deadline.in(topology.clocks().workBudget(), clock);
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new BadRequestException("since is not a time like 2026-11-26T12:00:00Z");
    }
  }

  private static Cursor cursor(String text) {
    int slash = text.indexOf('/');
    if (slash < 1 || slash == text.length() - 1) {
      throw new BadRequestException("the cursor is not one that a page gave");
    }
    return new Cursor(text.substring(0, slash), text.substring(slash + 1));
  }
}
