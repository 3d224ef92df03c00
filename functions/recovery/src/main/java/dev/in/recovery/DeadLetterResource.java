package dev.in.recovery;

import static java.util.Objects.requireNonNull;

import dev.in.core.failure.Deadline;
import dev.in.recovery.DeadLetterStore.Recorded;
import dev.in.topology.Topology;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The recorded dead letters, until operators have looked at them; they alone may call it. */
@Path("/operator/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class DeadLetterResource {
  /** Whoever has more looks at them in Firestore. */
  private static final int MAX_LISTED = 1_000;

  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

  private final Topology topology;
  private final DeadLetterStore letters;
  private final InstantSource clock;

  DeadLetterResource(Topology topology, DeadLetterStore letters, InstantSource clock) {
    this.topology = requireNonNull(topology, "topology is null");
    this.letters = requireNonNull(letters, "letters is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * At most a thousand: {@code {items: [{id, subscription, reason?, eventType?, taskId?, done,
   * recordedAt}]}}.
   */
  @GET
  public Map<String, List<Map<String, String>>> list() {
    return Map.of(
        "items",
        letters.recorded(MAX_LISTED, deadline()).stream().map(DeadLetterResource::json).toList());
  }

  /** Removes one that is settled: 204, also for a repeat. */
  @DELETE
  @Path("{id}")
  public void remove(@PathParam("id") String id) {
    if (!ID.matcher(id).matches()) {
      throw new BadRequestException("the dead letter's id is not of the form " + ID);
    }
    letters.remove(id, deadline());
  }

  private static Map<String, String> json(Recorded letter) {
    Map<String, String> json = new LinkedHashMap<>();
    json.put("id", letter.id());
    json.put("subscription", letter.subscription());
    letter.reason().ifPresent(reason -> json.put("reason", reason));
    letter.eventType().ifPresent(type -> json.put("eventType", type));
    letter.taskId().ifPresent(taskId -> json.put("taskId", taskId));
    json.put("done", letter.done());
    json.put("recordedAt", letter.recordedAt().toString());
    return json;
  }

  private Deadline deadline() {
    return Deadline.in(topology.clocks().workBudget(), clock);
  }
}
