package dev.in.recovery;

import static java.util.Objects.requireNonNull;

import dev.in.core.failure.TransientFailure;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import org.jboss.logging.Logger;

/**
 * What Cloud Scheduler calls, as topology.yaml's {@code tick} says. It carries the push account's
 * token, like Pub/Sub. 503 where Firestore is away: the next tick tries again.
 */
@Path("/reconcile")
public class ReconciliationResource {
  private static final Logger LOG = Logger.getLogger(ReconciliationResource.class);

  private final Reconciliation reconciliation;

  ReconciliationResource(Reconciliation reconciliation) {
    this.reconciliation = requireNonNull(reconciliation, "reconciliation is null");
  }

  @POST
  @RunOnVirtualThread
  public Response reconcile() throws InterruptedException {
    try {
      reconciliation.pass();
      return Response.noContent().build();
    } catch (TransientFailure e) {
      LOG.warn("reconciliation failed", e);
      return Response.status(Status.SERVICE_UNAVAILABLE).build();
    }
  }
}
