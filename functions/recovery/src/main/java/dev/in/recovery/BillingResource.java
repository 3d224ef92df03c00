package dev.in.recovery;

import static java.util.Objects.requireNonNull;

import dev.in.core.failure.Deadline;
import dev.in.core.failure.TransientFailure;
import dev.in.json.MalformedJsonException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/**
 * Where Pub/Sub pushes what Cloud Billing says of the month's budget, unwrapped and with the push
 * account's token. Once the costs have reached it, the analysis is switched off.
 */
@Path("/billing")
public class BillingResource {
  private static final Logger LOG = Logger.getLogger(BillingResource.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final BillingStop billing;
  private final InstantSource clock;

  BillingResource(BillingStop billing, InstantSource clock) {
    this.billing = requireNonNull(billing, "billing is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  @RunOnVirtualThread
  public Response take(byte[] body) {
    try {
      BillingNotification notification = BillingNotification.read(body);
      if (notification.isUsedUp()
          && billing.stop(notification.month(), Deadline.in(TIMEOUT, clock))) {
        LOG.errorf(
            "the month's billing budget is used up, so the analysis is switched off: %s of %s",
            notification.cost(), notification.budget());
      }
      return Response.noContent().build();
    } catch (MalformedJsonException e) {
      // Another delivery would say the same.
      LOG.errorf("a billing notification cannot be read: %s", e.getMessage());
      return Response.noContent().build();
    } catch (TransientFailure e) {
      LOG.warn("the billing budget's guard failed", e);
      return Response.status(Status.SERVICE_UNAVAILABLE).build();
    }
  }
}
