package dev.in.core.push;

import static java.util.Objects.requireNonNull;

import dev.in.topology.Topology;
import dev.in.topology.Topology.Function;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Where operators send events of the history again: answered like a push by Pub/Sub, and with 409
 * by a function that topology.yaml does not call replayable.
 */
@Path("/operator/replay")
public class ReplayResource {
  private final PushResource push;
  private final String function;
  private final boolean replayable;

  public ReplayResource(
      PushResource push,
      Topology topology,
      @ConfigProperty(name = "quarkus.application.name") String function) {
    this.push = requireNonNull(push, "push is null");
    this.function = requireNonNull(function, "function is null");
    this.replayable =
        Optional.ofNullable(topology.functions().get(function))
            .filter(Function::replayable)
            .isPresent();
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RunOnVirtualThread
  public Response replay(byte[] body) {
    return replayable
        ? push.push(body)
        : Response.status(Status.CONFLICT)
            .type(MediaType.TEXT_PLAIN_TYPE)
            .entity(function + " takes no replays")
            .build();
  }
}
