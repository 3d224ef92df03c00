package dev.in.logenhancer;

import dev.in.core.history.EventFacts;
import dev.in.core.task.StageState;
import dev.in.core.task.TaskDocument;
import dev.in.events.AiAnalyzed;
import dev.in.events.INEvent;
import dev.in.events.ImageDownloaded;
import dev.in.events.MetadataExtracted;
import dev.in.events.Payload;
import dev.in.events.RecognizedPayload;
import dev.in.events.Stage;
import dev.in.events.TaskCompleted;
import dev.in.events.TaskFailed;
import dev.in.events.Unrecognized;
import java.time.Duration;
import java.util.Optional;

/** Finds in a task's document what it says about what an event announces. */
final class TaskFacts {
  private TaskFacts() {}

  /** Empty where the document is of another run, or says nothing of the event. */
  static Optional<EventFacts> of(INEvent<? extends Payload> event, TaskDocument task) {
    return switch (event.payload()) {
      case ImageDownloaded _ -> completed(Stage.DOWNLOAD, event.run(), task);
      case MetadataExtracted _ -> completed(Stage.METADATA, event.run(), task);
      case AiAnalyzed _ -> completed(Stage.AI, event.run(), task);
      case TaskCompleted completed -> Optional.of(whole(completed, task));
      case TaskFailed failed -> failed(failed, event.run(), task);
      case RecognizedPayload _ -> Optional.empty();
      case Unrecognized _ -> Optional.empty();
    };
  }

  /** A stage keeps the run that it completed in, however often others are redriven. */
  private static Optional<EventFacts> completed(Stage stage, int run, TaskDocument task) {
    StageState state = task.stage(stage);
    return state.run().equals(Optional.of(run)) ? ended(stage, state) : Optional.empty();
  }

  private static Optional<EventFacts> failed(TaskFailed failed, int run, TaskDocument task) {
    return Stage.fromWire(failed.stage())
        .filter(stage -> task.task().run() == run && task.stage(stage).error().isPresent())
        .flatMap(stage -> ended(stage, task.stage(stage)));
  }

  /** One that was failed without an attempt has no duration. */
  private static Optional<EventFacts> ended(Stage stage, StageState state) {
    return state
        .startedAt()
        .flatMap(start -> state.completedAt().map(end -> Duration.between(start, end)))
        .map(duration -> new EventFacts(Optional.of(stage), state.attempts(), duration));
  }

  private static EventFacts whole(TaskCompleted completed, TaskDocument task) {
    return new EventFacts(
        Optional.empty(),
        task.stages().values().stream().mapToInt(StageState::attempts).sum(),
        Duration.ofMillis(completed.durationMs()));
  }
}
