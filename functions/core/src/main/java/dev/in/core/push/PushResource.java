package dev.in.core.push;

import static java.util.Objects.requireNonNull;

import dev.in.core.handler.Outcome;
import dev.in.core.handler.ReceivedMessage;
import dev.in.core.message.MessageHandler;
import dev.in.core.message.MessageTelemetry;
import dev.in.core.push.PushBodyReader.MalformedPushException;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import org.jboss.logging.Logger;

/**
 * Where Pub/Sub pushes. 204 acks; 503 asks for another delivery; 400 is for bodies that Pub/Sub did
 * not send. Who may call is decided before, by {@code dev.in.core.auth}.
 */
@Path("/")
public class PushResource {
  private static final Logger LOG = Logger.getLogger(PushResource.class);

  private final MessageHandler handler;
  private final MessageTelemetry telemetry;

  public PushResource(MessageHandler handler, MessageTelemetry telemetry) {
    this.handler = requireNonNull(handler, "handler is null");
    this.telemetry = requireNonNull(telemetry, "telemetry is null");
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  public Response push(byte[] body) {
    ReceivedMessage message = read(body);
    return switch (telemetry.observe(message, () -> handler.handle(message))) {
      case Outcome.Ack _ -> Response.noContent().build();
      case Outcome.Nack _ -> Response.status(Status.SERVICE_UNAVAILABLE).build();
    };
  }

  private static ReceivedMessage read(byte[] body) {
    try {
      return PushBodyReader.read(body);
    } catch (MalformedPushException e) {
      LOG.warnf("refused a body that is not a Pub/Sub push: %s", e.getMessage());
      throw new WebApplicationException(
          Response.status(Status.BAD_REQUEST)
              .type(MediaType.TEXT_PLAIN_TYPE)
              .entity(e.getMessage())
              .build());
    }
  }
}
