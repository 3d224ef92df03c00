package dev.in.core.engine;

import static java.util.Objects.requireNonNull;

import dev.in.core.publish.Publications;
import dev.in.core.stage.DownloadOutput;
import dev.in.core.stage.MetadataOutput;
import dev.in.core.task.StageError;
import dev.in.core.task.StageState;
import dev.in.core.task.TaskDocument;
import dev.in.core.task.TaskStatus;
import dev.in.events.AiRequested;
import dev.in.events.DownloadRequested;
import dev.in.events.Event;
import dev.in.events.INEvent;
import dev.in.events.MetadataRequested;
import dev.in.events.RecognizedPayload;
import dev.in.events.Stage;
import dev.in.events.TaskCompleted;
import dev.in.events.TaskFailed;
import dev.in.events.TaskMessage;
import dev.in.events.TaskRef;
import dev.in.topology.Topology;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What must be published of a task: a pure function of its document, so that a replay gives the
 * same messages to the byte.
 */
public final class Outbox {
  private final Topology topology;

  public Outbox(Topology topology) {
    this.topology = requireNonNull(topology, "topology is null");
  }

  /** What follows a completed stage: its event and the next stage's message, or the task's end. */
  public Publications following(TaskDocument document, Stage completed) {
    List<INEvent<? extends RecognizedPayload>> events = new ArrayList<>();
    events.add(announcement(document, completed));
    Optional<Stage> next = topology.next(completed);
    if (next.isEmpty()) {
      events.addAll(terminal(document).events());
      return Publications.ofEvents(events);
    }
    return new Publications(events, Optional.of(message(document, next.get())));
  }

  /**
   * The message that a stage waits for, never without the event of the stage before: whoever should
   * have published that may have died, and once the stage has started, nobody looks after it.
   */
  public Publications request(TaskDocument document, Stage stage) {
    return topology
        .previous(stage)
        .map(before -> following(document, before))
        .orElseGet(() -> new Publications(List.of(), Optional.of(message(document, stage))));
  }

  /** How the task ended; nothing while it has not. */
  public Publications terminal(TaskDocument document) {
    return Publications.ofEvents(
        switch (document.status()) {
          case PROCESSING -> List.of();
          case COMPLETED ->
              List.of(ending(document, topology.chain().getLast(), completion(document)));
          case FAILED -> failed(document, document.failedStage().orElseThrow());
        });
  }

  /** A stage that failed before it had started proves nothing of the event before it. */
  private List<INEvent<? extends RecognizedPayload>> failed(TaskDocument document, Stage stage) {
    List<INEvent<? extends RecognizedPayload>> events = new ArrayList<>();
    if (document.stage(stage).attempts() == 0) {
      topology.previous(stage).ifPresent(before -> events.add(announcement(document, before)));
    }
    events.add(ending(document, stage, failure(document, stage)));
    return events;
  }

  /** All that the last thing that happened to an ended task made due. */
  public Publications ending(TaskDocument document) {
    return document.status() == TaskStatus.COMPLETED
        ? following(document, topology.chain().getLast())
        : terminal(document);
  }

  /** A stage keeps the run in which it completed, and so does its event. */
  private static INEvent<Event> announcement(TaskDocument document, Stage stage) {
    TaskRef task = document.task();
    int run = document.stage(stage).run().orElseThrow();
    return INEvent.of(
        new TaskRef(task.taskId(), run, task.traceId()),
        stage.wireName(),
        endOf(document, stage),
        stage.wireName(),
        output(document, stage));
  }

  private static <P extends RecognizedPayload> INEvent<P> ending(
      TaskDocument document, Stage stage, P payload) {
    return INEvent.of(
        document.task(), stage.wireName(), endOf(document, stage), stage.wireName(), payload);
  }

  /**
   * In the name of whoever comes before the stage; in a later run it is due from that run's start.
   */
  private INEvent<TaskMessage> message(TaskDocument document, Stage stage) {
    Optional<Stage> before = topology.previous(stage);
    String source = before.map(Stage::wireName).orElse("edge");
    Instant due =
        before
            .filter(it -> document.stage(it).run().orElseThrow() == document.task().run())
            .map(it -> endOf(document, it))
            .orElse(document.runStartedAt());
    return INEvent.of(document.task(), source, due, source, payload(document, stage));
  }

  private static Instant endOf(TaskDocument document, Stage stage) {
    return document.stage(stage).completedAt().orElseThrow();
  }

  private static Event output(TaskDocument document, Stage stage) {
    return document.stage(stage).output().orElseThrow().announcement();
  }

  private static TaskMessage payload(TaskDocument document, Stage stage) {
    return switch (stage) {
      case DOWNLOAD ->
          new DownloadRequested(document.input(), document.features(), document.skipAnalysis());
      case METADATA -> metadataRequested(document, document.downloadOutput().orElseThrow());
      case AI ->
          aiRequested(
              document,
              document.downloadOutput().orElseThrow(),
              document.metadataOutput().orElseThrow());
    };
  }

  private static MetadataRequested metadataRequested(
      TaskDocument document, DownloadOutput download) {
    return new MetadataRequested(
        download.object(),
        download.contentType(),
        download.sizeBytes(),
        download.sha256(),
        document.features());
  }

  private static AiRequested aiRequested(
      TaskDocument document, DownloadOutput download, MetadataOutput metadata) {
    return new AiRequested(
        download.object(),
        download.contentType(),
        download.sizeBytes(),
        download.sha256(),
        metadata.width(),
        metadata.height(),
        document.features());
  }

  private TaskCompleted completion(TaskDocument document) {
    DownloadOutput download = document.downloadOutput().orElseThrow();
    return new TaskCompleted(
        download.contentType(),
        document.metadataOutput().map(MetadataOutput::width),
        document.metadataOutput().map(MetadataOutput::height),
        download.sizeBytes(),
        download.sha256(),
        // Two instances wrote these, whose clocks may differ.
        Math.max(
            0,
            Duration.between(document.createdAt(), endOf(document, topology.chain().getLast()))
                .toMillis()));
  }

  private static TaskFailed failure(TaskDocument document, Stage stage) {
    StageState state = document.stage(stage);
    StageError error = state.error().orElseThrow();
    return new TaskFailed(stage.wireName(), error.code(), error.message());
  }
}
