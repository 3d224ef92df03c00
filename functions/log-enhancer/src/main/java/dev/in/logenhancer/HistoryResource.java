package dev.in.logenhancer;

import static java.util.Objects.requireNonNull;

import dev.in.core.failure.Deadline;
import dev.in.core.history.History;
import dev.in.core.history.HistoryEntry;
import dev.in.core.history.HistoryPosition;
import dev.in.events.Identifiers;
import dev.in.topology.Topology;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The history for operators; they alone may call it. */
@Path("/operator/history")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class HistoryResource {
  private static final int MAX_PAGE = 500;

  private final Topology topology;
  private final History history;
  private final InstantSource clock;

  HistoryResource(Topology topology, History history, InstantSource clock) {
    this.topology = requireNonNull(topology, "topology is null");
    this.history = requireNonNull(history, "history is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * A page of one shard of the history in the order in which events were recorded: {@code {shards,
   * items: [{position, eventId, eventType, taskId, body, attributes, stage?, attempts?,
   * durationMs?}], nextAfter?}}.
   *
   * @param shard from 0; how many there are stands in the answer
   * @param after a time, or the position of an event that has been read already
   * @param until a time; what was recorded then or later is left out
   */
  @GET
  public Map<String, Object> page(
      @QueryParam("shard") @DefaultValue("0") int shard,
      @QueryParam("after") @DefaultValue("1970-01-01T00:00:00Z") String after,
      @QueryParam("until") String until,
      @QueryParam("limit") @DefaultValue("100") int limit) {
    if (shard < 0 || shard >= history.shards() || limit < 1 || limit > MAX_PAGE) {
      throw new BadRequestException(
          "shard must be below %d, limit 1 to %d".formatted(history.shards(), MAX_PAGE));
    }
    HistoryPosition end =
        until == null ? HistoryPosition.at(clock.instant()) : position("until", until);
    History.Page page = history.page(shard, position("after", after), end, limit, deadline());
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("shards", history.shards());
    answer.put("items", page.entries().stream().map(HistoryResource::json).toList());
    page.next().ifPresent(next -> answer.put("nextAfter", next.text()));
    return answer;
  }

  /** All events of one task: {@code {items}}, each as in a page. */
  @GET
  @Path("tasks/{taskId}")
  public Map<String, List<Map<String, Object>>> ofTask(@PathParam("taskId") String taskId) {
    if (!Identifiers.TASK_ID.matcher(taskId).matches()) {
      throw new BadRequestException("the task's id is not of the form " + Identifiers.TASK_ID);
    }
    return Map.of(
        "items",
        history.entriesOfTask(taskId, deadline()).stream().map(HistoryResource::json).toList());
  }

  private static Map<String, Object> json(HistoryEntry entry) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("position", entry.position().text());
    json.put("eventId", entry.eventId().toString());
    json.put("eventType", entry.eventType());
    json.put("taskId", entry.taskId());
    json.put("body", entry.body());
    json.put("attributes", entry.attributes());
    entry
        .facts()
        .ifPresent(
            facts -> {
              facts.stage().ifPresent(stage -> json.put("stage", stage.wireName()));
              json.put("attempts", facts.attempts());
              json.put("durationMs", facts.duration().toMillis());
            });
    return json;
  }

  private Deadline deadline() {
    return Deadline.in(topology.clocks().workBudget(), clock);
  }

  private static HistoryPosition position(String name, String text) {
    return HistoryPosition.parse(text)
        .orElseThrow(
            () ->
                new BadRequestException(
                    name + " is not a time like 2026-11-26T12:00:00Z, nor a position"));
  }
}
