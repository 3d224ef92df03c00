package dev.in.core.task;

import static java.util.Objects.requireNonNull;

import dev.in.core.stage.AiOutput;
import dev.in.core.stage.DownloadOutput;
import dev.in.core.stage.MetadataOutput;
import dev.in.core.stage.StageOutput;
import dev.in.events.EventAttributes.Routing;
import dev.in.events.Feature;
import dev.in.events.ImageInput;
import dev.in.events.Stage;
import dev.in.events.TaskRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The whole detailed state of a task: {@code tasks/{taskId}} in Firestore, and its transitions. It
 * is also the outbox: what must be published follows from it alone.
 *
 * @param task id, current run and the submission's trace
 * @param skipAnalysis why the image is not to be analysed; empty where it is
 * @param runStartedAt what the run's deadline counts from
 * @param expiresAt when Firestore may delete it, within a day or so
 */
public record TaskDocument(
    TaskRef task,
    TaskStatus status,
    ImageInput input,
    List<Feature> features,
    Optional<String> skipAnalysis,
    Routing routing,
    Map<Stage, StageState> stages,
    Instant createdAt,
    Instant runStartedAt,
    Instant updatedAt,
    Instant expiresAt) {

  public TaskDocument {
    requireNonNull(task, "task is null");
    requireNonNull(status, "status is null");
    requireNonNull(input, "input is null");
    features = List.copyOf(features);
    requireNonNull(skipAnalysis, "skipAnalysis is null");
    requireNonNull(routing, "routing is null");
    Map<Stage, StageState> all = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      all.put(stage, stages.getOrDefault(stage, StageState.PENDING));
    }
    stages = Collections.unmodifiableMap(all);
    requireNonNull(createdAt, "createdAt is null");
    requireNonNull(runStartedAt, "runStartedAt is null");
    requireNonNull(updatedAt, "updatedAt is null");
    requireNonNull(expiresAt, "expiresAt is null");
  }

  /** Of an image that is to be analysed. */
  public TaskDocument(
      TaskRef task,
      TaskStatus status,
      ImageInput input,
      List<Feature> features,
      Routing routing,
      Map<Stage, StageState> stages,
      Instant createdAt,
      Instant runStartedAt,
      Instant updatedAt,
      Instant expiresAt) {
    this(
        task,
        status,
        input,
        features,
        Optional.empty(),
        routing,
        stages,
        createdAt,
        runStartedAt,
        updatedAt,
        expiresAt);
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

  /** A new task's document, in its first run. */
  public static TaskDocument create(
      TaskRef task,
      ImageInput input,
      List<Feature> features,
      Optional<String> skipAnalysis,
      Routing routing,
      Instant now,
      Duration timeToLive) {
    return new TaskDocument(
        task,
        TaskStatus.PROCESSING,
        input,
        features,
        skipAnalysis,
        routing,
        Map.of(),
        now,
        now,
        now,
        now.plus(timeToLive));
  }

  /** The same with one stage in another state that does not end the task. */
  public TaskDocument with(Stage stage, StageState state, Instant now) {
    return with(stage, state, status, now);
  }

  /**
   * The stage completed.
   *
   * @param last whether the task completes with it
   */
  public TaskDocument completed(
      Stage stage, Lease by, StageOutput output, boolean last, Instant now) {
    return with(
        stage,
        stage(stage).completed(by, task.run(), output, now),
        last ? TaskStatus.COMPLETED : TaskStatus.PROCESSING,
        now);
  }

  /** The task failed with that stage. */
  public TaskDocument failed(Stage stage, StageError error, Instant now) {
    return with(stage, stage(stage).failed(error, now), TaskStatus.FAILED, now);
  }

  /** An ended task as it is, in a later run: nothing is done again, and its end counts for that. */
  public TaskDocument inRun(int run, Instant now) {
    return new TaskDocument(
        new TaskRef(task.taskId(), run, task.traceId()),
        status,
        input,
        features,
        skipAnalysis,
        routing,
        stages,
        createdAt,
        runStartedAt,
        now,
        expiresAt);
  }

  /** A failed task in its next run, with the failed stage to be done again. */
  public TaskDocument redriven(Instant now) {
    Stage failed =
        failedStage().orElseThrow(() -> new IllegalStateException("no stage has failed"));
    TaskDocument pending = with(failed, StageState.PENDING, TaskStatus.PROCESSING, now);
    return new TaskDocument(
        new TaskRef(task.taskId(), task.run() + 1, task.traceId()),
        pending.status,
        input,
        features,
        skipAnalysis,
        routing,
        pending.stages,
        createdAt,
        now,
        now,
        expiresAt);
  }

  /** The same with one stage, and with it the task, moved on. */
  public TaskDocument with(Stage stage, StageState state, TaskStatus newStatus, Instant now) {
    Map<Stage, StageState> changed = new EnumMap<>(stages);
    changed.put(stage, state);
    return new TaskDocument(
        task,
        newStatus,
        input,
        features,
        skipAnalysis,
        routing,
        changed,
        createdAt,
        runStartedAt,
        now,
        expiresAt);
  }
}
