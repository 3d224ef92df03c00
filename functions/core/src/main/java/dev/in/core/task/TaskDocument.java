package dev.in.core.task;

import static java.util.Objects.requireNonNull;

import dev.in.core.stage.AiOutput;
import dev.in.core.stage.DownloadOutput;
import dev.in.core.stage.MetadataOutput;
import dev.in.events.EventAttributes.Routing;
import dev.in.events.Feature;
import dev.in.events.ImageInput;
import dev.in.events.Stage;
import dev.in.events.TaskRef;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The whole detailed state of a task: {@code tasks/{taskId}} in Firestore. It is also the outbox:
 * what must be published follows from it alone.
 *
 * @param task id, current run and the submission's trace
 * @param expiresAt when Firestore may delete it, within a day or so
 */
public record TaskDocument(
    TaskRef task,
    TaskStatus status,
    ImageInput input,
    List<Feature> features,
    Routing routing,
    Map<Stage, StageState> stages,
    Instant createdAt,
    Instant updatedAt,
    Instant expiresAt) {

  public TaskDocument {
    requireNonNull(task, "task is null");
    requireNonNull(status, "status is null");
    requireNonNull(input, "input is null");
    features = List.copyOf(features);
    requireNonNull(routing, "routing is null");
    Map<Stage, StageState> all = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      all.put(stage, stages.getOrDefault(stage, StageState.PENDING));
    }
    stages = Collections.unmodifiableMap(all);
    requireNonNull(createdAt, "createdAt is null");
    requireNonNull(updatedAt, "updatedAt is null");
    requireNonNull(expiresAt, "expiresAt is null");
  }

  public StageState stage(Stage stage) {
    return stages.get(stage);
  }

  /** The stage that failed, if one has. */
  public Optional<Stage> failedStage() {
    return stages.entrySet().stream()
        .filter(entry -> entry.getValue().status() == StageStatus.FAILED)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  public Optional<DownloadOutput> downloadOutput() {
    return stage(Stage.DOWNLOAD).output().map(DownloadOutput.class::cast);
  }

  public Optional<MetadataOutput> metadataOutput() {
    return stage(Stage.METADATA).output().map(MetadataOutput.class::cast);
  }

  public Optional<AiOutput> aiOutput() {
    return stage(Stage.AI).output().map(AiOutput.class::cast);
  }

  /** The same with one stage, and with it the task, moved on. */
  public TaskDocument with(Stage stage, StageState state, TaskStatus newStatus, Instant now) {
    Map<Stage, StageState> changed = new EnumMap<>(stages);
    changed.put(stage, state);
    return new TaskDocument(
        task, newStatus, input, features, routing, changed, createdAt, now, expiresAt);
  }
}
