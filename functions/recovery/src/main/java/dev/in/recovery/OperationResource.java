package dev.in.recovery;

import static java.util.Objects.requireNonNull;

import dev.in.core.auth.OperatorConfig;
import dev.in.core.engine.TaskRecovery.Result;
import dev.in.core.failure.Deadline;
import dev.in.events.Identifiers;
import dev.in.recovery.OperationLog.Operation;
import dev.in.topology.Topology;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Operations on many tasks: recorded before their first command is given, so that an interrupted
 * one can be continued. Operators alone may call it.
 */
@Path("/operator/operations/{operationId}")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class OperationResource {
  private final Topology topology;
  private final OperationLog log;
  private final OperatorConfig operator;
  private final InstantSource clock;

  OperationResource(
      Topology topology, OperationLog log, OperatorConfig operator, InstantSource clock) {
    this.topology = requireNonNull(topology, "topology is null");
    this.log = requireNonNull(log, "log is null");
    this.operator = requireNonNull(operator, "operator is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** Begins an operation: 204, also for a repeat; 409 if there is another one of that id. */
  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  public Response begin(@PathParam("operationId") String operationId, OperationRequest request) {
    requireId(operationId);
    if (request == null) {
      throw new BadRequestException("there is no body");
    }
    // Nobody else comes this far; without one, nobody verifies who calls.
    String account = operator.serviceAccount().orElse("not verified");
    Operation operation =
        request.operation(operationId, account, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    return Response.status(log.begin(operation, deadline()) ? Status.NO_CONTENT : Status.CONFLICT)
        .build();
  }

  /** How many of its tasks came to which result: {@code {operationId, results: {redriven: 3}}}. */
  @GET
  public Map<String, Object> progress(@PathParam("operationId") String operationId) {
    requireId(operationId);
    Map<String, Long> results = new TreeMap<>();
    log.results(operationId, deadline())
        .values()
        .forEach(result -> results.merge(wireName(result), 1L, Long::sum));
    return Map.of("operationId", operationId, "results", results);
  }

  /**
   * What it is and what has come of each of its tasks: {@code {operationId, command, account,
   * requestedBy, requestedAt, selection, tasks: [{taskId, result?}]}}.
   */
  @GET
  @Path("tasks")
  public Map<String, Object> tasks(@PathParam("operationId") String operationId) {
    requireId(operationId);
    Deadline deadline = deadline();
    Operation operation =
        log.operation(operationId, deadline)
            .orElseThrow(() -> new NotFoundException("there is no such operation"));
    Map<String, Result> results = log.results(operationId, deadline);
    List<Map<String, String>> tasks =
        operation.tasks().stream()
            .map(
                taskId ->
                    results.containsKey(taskId)
                        ? Map.of("taskId", taskId, "result", wireName(results.get(taskId)))
                        : Map.of("taskId", taskId))
            .toList();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("operationId", operationId);
    answer.put("command", operation.command().wireName().replace("task.", ""));
    answer.put("account", operation.account());
    answer.put("requestedBy", operation.requestedBy());
    answer.put("requestedAt", operation.requestedAt().toString());
    answer.put("selection", operation.selection());
    answer.put("tasks", tasks);
    return answer;
  }

  private static void requireId(String operationId) {
    if (!Identifiers.ID.matcher(operationId).matches()) {
      throw new BadRequestException("the operation's id is not of the form " + Identifiers.ID);
    }
  }

  private static String wireName(Result result) {
    return result.name().toLowerCase(Locale.ROOT);
  }

  private Deadline deadline() {
    return Deadline.in(topology.clocks().workBudget(), clock);
  }
}
