package dev.in.coordinator;

import static java.util.Objects.requireNonNull;

/** Over HTTP. */
public final class HttpCoordinatorClient implements CoordinatorClient {
  private final EdgeConnection edge;

  public HttpCoordinatorClient(EdgeConnection edge) {
    this.edge = requireNonNull(edge, "edge is null");
  }

  @Override
  public UpdateAnswer send(StatusUpdate update, CallContext context) {
    String path = "/internal/v1/tasks/" + update.task().taskId() + "/status";
    return edge.call(EdgeRequest.put(path, UpdateJson.write(update), context), context.timeLimit())
        .answer();
  }
}
