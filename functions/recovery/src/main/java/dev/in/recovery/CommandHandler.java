package dev.in.recovery;

import static java.util.Objects.requireNonNull;

import dev.in.core.engine.TaskRecovery;
import dev.in.core.engine.TaskRecovery.Result;
import dev.in.core.failure.Deadline;
import dev.in.core.handler.Delivery;
import dev.in.core.handler.EventHandler;
import dev.in.core.handler.Outcome;
import dev.in.core.handler.Outcome.Ack;
import dev.in.core.handler.Outcome.Nack;
import dev.in.events.EventAttributes.Routing;
import dev.in.events.INEvent;
import dev.in.events.MalformedEventException;
import dev.in.events.Payload;
import dev.in.events.TaskCancel;
import dev.in.events.TaskCommand;
import dev.in.events.TaskDelete;
import dev.in.events.TaskRedrive;
import dev.in.topology.Topology;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Locale;

/** Executes what the coordinators at the edge command, and records what came of it. */
@ApplicationScoped
class CommandHandler implements EventHandler {
  private final Topology topology;
  private final TaskRecovery recovery;
  private final TaskDeletion deletion;
  private final OperationLog log;
  private final InstantSource clock;

  CommandHandler(
      Topology topology,
      TaskRecovery recovery,
      TaskDeletion deletion,
      OperationLog log,
      InstantSource clock) {
    this.topology = requireNonNull(topology, "topology is null");
    this.recovery = requireNonNull(recovery, "recovery is null");
    this.deletion = requireNonNull(deletion, "deletion is null");
    this.log = requireNonNull(log, "log is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public Outcome handle(Delivery<? extends Payload> delivery) throws MalformedEventException {
    INEvent<?> event = delivery.event();
    if (!(event.payload() instanceof TaskCommand command)) {
      throw new MalformedEventException("a " + event.eventType() + " is not a command");
    }
    Deadline deadline = Deadline.in(topology.clocks().workBudget(), clock);
    Result result = execute(delivery, command, deadline);
    if (result == Result.CONTENDED) {
      return new Nack("contended");
    }
    if (result == Result.NO_TASK && command instanceof TaskCancel) {
      // Its first message may still be on its way: what is not there yet cannot be cancelled.
      return new Nack("no document yet");
    }
    log.record(
        new OperationLog.Entry(
            command.operationId(),
            event.taskId(),
            event.run(),
            command.type(),
            result,
            clock.instant()),
        deadline);
    return new Ack(result.name().toLowerCase(Locale.ROOT).replace('_', ' '));
  }

  private Result execute(Delivery<?> delivery, TaskCommand command, Deadline deadline) {
    INEvent<?> event = delivery.event();
    return switch (command) {
      case TaskRedrive _ -> redrive(event, delivery.routing(), deadline);
      case TaskCancel _ -> recovery.cancel(event.taskId(), deadline);
      case TaskDelete delete ->
          deletion.delete(event.taskId(), delivery.routing().owner(), delete.uploadId(), deadline);
    };
  }

  /** The coordinator shows the new run already: where there is nothing to run, the run fails. */
  private Result redrive(INEvent<?> event, Routing routing, Deadline deadline) {
    Result result = recovery.redrive(event.taskId(), event.run(), deadline);
    if (result == Result.NO_TASK) {
      recovery.endWithoutDocument(event.task(), event.timestamp(), routing, deadline);
    }
    return result;
  }
}
