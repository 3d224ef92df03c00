package dev.in.recovery;

import static java.util.Objects.requireNonNull;

import dev.in.core.engine.TaskRecovery.Result;
import dev.in.core.failure.Deadline;
import dev.in.core.task.TaskQueries;
import dev.in.core.task.TaskQueries.Cursor;
import dev.in.core.task.TaskQueries.Page;
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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What operators ask before and after they redrive tasks; they alone may call it. */
@Path("/operator")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class OperatorResource {
  private static final int PAGE_SIZE = 500;

  private final Topology topology;
  private final TaskQueries tasks;
  private final OperationLog operations;
  private final InstantSource clock;

  OperatorResource(
      Topology topology, TaskQueries tasks, OperationLog operations, InstantSource clock) {
    this.topology = requireNonNull(topology, "topology is null");
    this.tasks = requireNonNull(tasks, "tasks is null");
    this.operations = requireNonNull(operations, "operations is null");
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
    Optional<Instant> from = Optional.ofNullable(since).map(OperatorResource::time);
    Page page =
        tasks.failed(
            Optional.ofNullable(code).map(FailureCode::new),
            Optional.ofNullable(cursor).map(OperatorResource::cursor),
            PAGE_SIZE,
            deadline());
    List<Map<String, Object>> items =
        page.tasks().stream()
            .filter(task -> from.stream().noneMatch(task.failedAt()::isBefore))
            .map(
                task ->
                    Map.<String, Object>of(
                        "taskId", task.taskId(),
                        "run", task.run(),
                        "stage", task.stage().wireName(),
                        "code", task.code().value(),
                        "failedAt", task.failedAt().toString()))
            .toList();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("items", items);
    page.next().ifPresent(next -> answer.put("nextCursor", next.code() + "/" + next.taskId()));
    return answer;
  }

  /** How many tasks of an operation came to which result: {@code {results: {redriven: 3}}}. */
  @GET
  @Path("operations/{operationId}")
  public Map<String, Object> operation(@PathParam("operationId") String operationId) {
    if (!Identifiers.ID.matcher(operationId).matches()) {
      throw new BadRequestException("the operation's id is not of the form " + Identifiers.ID);
    }
    Map<String, Object> results = new LinkedHashMap<>();
    for (Map.Entry<Result, Long> result : operations.results(operationId, deadline()).entrySet()) {
      results.put(result.getKey().name().toLowerCase(Locale.ROOT), result.getValue());
    }
    return Map.of("operationId", operationId, "results", results);
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
