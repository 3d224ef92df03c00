package dev.in.analytics;

import static java.util.Objects.requireNonNull;

import dev.in.core.failure.Deadline;
import dev.in.core.failure.TransientFailure;
import dev.in.topology.Topology;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/**
 * What Cloud Scheduler calls, as topology.yaml's {@code tick} says. 503 where Firestore is away or
 * the time is up: the next tick goes on.
 */
@Path("/roll-up")
public class RollUpResource {
  private static final Logger LOG = Logger.getLogger(RollUpResource.class);

  private final RollUp rollUp;
  private final HourMeters meters;
  private final Topology topology;
  private final InstantSource clock;

  RollUpResource(RollUp rollUp, HourMeters meters, Topology topology, InstantSource clock) {
    this.rollUp = requireNonNull(rollUp, "rollUp is null");
    this.meters = requireNonNull(meters, "meters is null");
    this.topology = requireNonNull(topology, "topology is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @POST
  @RunOnVirtualThread
  public Response rollUp() {
    try {
      Deadline deadline = Deadline.in(topology.clocks().workBudget(), clock);
      int slices = rollUp.pass(deadline);
      if (slices > 0) {
        LOG.infof("%d slices of the history counted", slices);
      }
      meters.publish(deadline);
      return Response.noContent().build();
    } catch (TransientFailure e) {
      LOG.warn("the history was not counted to its end", e);
      return Response.status(Status.SERVICE_UNAVAILABLE).build();
    }
  }
}
