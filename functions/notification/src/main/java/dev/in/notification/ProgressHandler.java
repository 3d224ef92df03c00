package dev.in.notification;

import static java.util.Objects.requireNonNull;

import dev.in.coordinator.CallContext;
import dev.in.coordinator.CoordinatorClient;
import dev.in.coordinator.StatusUpdate;
import dev.in.coordinator.TaskStatus;
import dev.in.coordinator.UpdateAnswer;
import dev.in.core.edge.EdgeConfig;
import dev.in.core.handler.Outcome;
import dev.in.core.handler.Outcome.Ack;
import dev.in.core.handler.Outcome.Nack;
import dev.in.core.telemetry.Calls;
import dev.in.core.telemetry.Tracing;
import dev.in.events.INEvent;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Reports to a task's coordinator which stage has ended, without a read. It never reports the end:
 * that is for {@code sync}. Progress that the edge will not take is worth no dead letter.
 */
@ApplicationScoped
class ProgressHandler {
  private static final Logger LOG = Logger.getLogger(ProgressHandler.class);

  private final CoordinatorClient coordinator;
  private final Calls calls;
  private final Tracing tracing;
  private final EdgeConfig edge;

  ProgressHandler(CoordinatorClient coordinator, Calls calls, Tracing tracing, EdgeConfig edge) {
    this.coordinator = requireNonNull(coordinator, "coordinator is null");
    this.calls = requireNonNull(calls, "calls is null");
    this.tracing = requireNonNull(tracing, "tracing is null");
    this.edge = requireNonNull(edge, "edge is null");
  }

  Outcome handle(INEvent<?> event) {
    UpdateAnswer answer =
        calls.make("edge.progress", UpdateAnswer.Accepted.class::isInstance, () -> report(event));
    return switch (answer) {
      case UpdateAnswer.Accepted() -> new Ack("reported");
      case UpdateAnswer.UnknownTask() -> new Ack("the edge does not know the task");
      case UpdateAnswer.Refused(int status, String detail) -> {
        LOG.errorf("the edge refused progress: %d %s", status, detail);
        yield new Ack("refused by the edge");
      }
      case UpdateAnswer.NotAuthorized(int status, String detail) -> {
        LOG.errorf("the edge does not accept notification's token: %d %s", status, detail);
        yield new Nack("not authorized at the edge");
      }
      case UpdateAnswer.Unavailable(String detail) -> {
        LOG.warnf("the edge cannot be reached: %s", detail);
        yield new Nack("the edge is unavailable");
      }
    };
  }

  private UpdateAnswer report(INEvent<?> event) {
    return coordinator.send(
        new StatusUpdate(
            event.task(),
            event.eventId(),
            TaskStatus.PROCESSING_IN_GCP,
            Optional.of(event.source()),
            event.timestamp(),
            Optional.empty(),
            Optional.empty()),
        new CallContext(edge.timeLimit(), tracing.currentTraceparent()));
  }
}
