package dev.in.sync;

import dev.in.coordinator.StatusUpdate;
import dev.in.coordinator.TaskError;
import dev.in.coordinator.TaskStatus;
import dev.in.core.task.TaskDocument;
import dev.in.events.INEvent;
import dev.in.events.TaskFailed;
import java.util.Optional;

/** The update that an event becomes. */
final class Updates {
  private Updates() {}

  static StatusUpdate completed(INEvent<?> event, TaskDocument task) {
    return new StatusUpdate(
        event.task(),
        event.eventId(),
        TaskStatus.COMPLETED,
        Optional.of(event.source()),
        event.timestamp(),
        Optional.of(ResultView.of(task, event.timestamp())),
        Optional.empty());
  }

  /**
   * @param task empty if it is gone: then nothing is known but the failure
   */
  static StatusUpdate failed(INEvent<?> event, TaskFailed failure, Optional<TaskDocument> task) {
    return new StatusUpdate(
        event.task(),
        event.eventId(),
        TaskStatus.FAILED,
        Optional.of(failure.stage()),
        event.timestamp(),
        task.map(document -> ResultView.of(document, event.timestamp())),
        Optional.of(
            new TaskError(failure.code(), failure.message(), Optional.of(failure.stage()))));
  }
}
