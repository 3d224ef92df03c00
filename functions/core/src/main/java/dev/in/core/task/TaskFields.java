package dev.in.core.task;

import com.google.cloud.Timestamp;
import dev.in.core.stage.StageOutput;
import dev.in.core.task.StageHistory.UnexpectedErrors;
import dev.in.events.EventAttributes.Routing;
import dev.in.events.FailureCode;
import dev.in.events.Feature;
import dev.in.events.ImageInput;
import dev.in.events.Priority;
import dev.in.events.Stage;
import dev.in.events.TaskRef;
import dev.in.json.RecordFields;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A task document to and from Firestore's fields, by hand: native images dislike reflection. */
final class TaskFields {
  static final String FAILURE_CODE = "failureCode";
  static final String TOUCHED = "touched";

  /**
   * Parts of the index of unfinished tasks; Firestore takes about 500 writes/s at the end of each.
   */
  static final int SHARDS = 8;

  private TaskFields() {}

  static Map<String, Object> write(TaskDocument document) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("taskId", document.task().taskId());
    fields.put("traceId", document.task().traceId());
    fields.put("run", document.task().run());
    fields.put("status", document.status().wireName());
    fields.put("input", writeInput(document.input()));
    fields.put("features", document.features().stream().map(Feature::name).toList());
    document.skipAnalysis().ifPresent(reason -> fields.put("skipAnalysis", reason));
    fields.put("priority", document.routing().priority().wireName());
    fields.put("owner", document.routing().owner());
    fields.put("channel", document.routing().channel());
    Map<String, Object> stages = new LinkedHashMap<>();
    document.stages().forEach((stage, state) -> stages.put(stage.wireName(), writeStage(state)));
    fields.put("stages", stages);
    failureCode(document).ifPresent(code -> fields.put(FAILURE_CODE, code));
    touched(document).ifPresent(key -> fields.put(TOUCHED, key));
    fields.put("createdAt", timestamp(document.createdAt()));
    fields.put("runStartedAt", timestamp(document.runStartedAt()));
    fields.put("updatedAt", timestamp(document.updatedAt()));
    fields.put("expiresAt", timestamp(document.expiresAt()));
    return fields;
  }

  /** Why a failed task failed, so that operators can select by it. */
  static Optional<String> failureCode(TaskDocument document) {
    return document
        .failedStage()
        .flatMap(stage -> document.stage(stage).error())
        .map(error -> error.code().value());
  }

  /**
   * When an unfinished task was last written, for reconciliation: a shard, then the time in whole
   * seconds. A plain time would send all tasks to the same end of the index.
   */
  static Optional<String> touched(TaskDocument document) {
    return document.status().terminal()
        ? Optional.empty()
        : Optional.of(
            touchedKey(
                Math.floorMod(document.task().taskId().hashCode(), SHARDS), document.updatedAt()));
  }

  static String touchedKey(int shard, Instant time) {
    return shard + "/" + time.truncatedTo(ChronoUnit.SECONDS);
  }

  static TaskDocument read(Map<String, Object> data) {
    Fields fields = new Fields(data);
    Map<Stage, StageState> stages = new EnumMap<>(Stage.class);
    Fields stored = fields.map("stages");
    for (Stage stage : Stage.values()) {
      stored
          .optionalMap(stage.wireName())
          .ifPresent(state -> stages.put(stage, readStage(stage, state)));
    }
    return new TaskDocument(
        new TaskRef(fields.text("taskId"), fields.integer("run"), fields.text("traceId")),
        TaskStatus.fromWire(fields.text("status")),
        readInput(fields.map("input")),
        fields.texts("features").stream().map(Feature::new).toList(),
        fields.optionalText("skipAnalysis"),
        new Routing(
            Priority.fromWire(fields.text("priority")),
            fields.text("owner"),
            fields.text("channel")),
        stages,
        fields.instant("createdAt"),
        fields.instant("runStartedAt"),
        fields.instant("updatedAt"),
        fields.instant("expiresAt"));
  }

  static Map<String, Object> writeStage(StageState state) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("status", state.status().wireName());
    state.lease().ifPresent(lease -> fields.put("lease", writeLease(lease)));
    writeHistory(state.history(), fields);
    state.startedAt().ifPresent(value -> fields.put("startedAt", timestamp(value)));
    state.completedAt().ifPresent(value -> fields.put("completedAt", timestamp(value)));
    state.run().ifPresent(value -> fields.put("run", value));
    state.output().ifPresent(value -> fields.put("output", RecordFields.write(value)));
    state.error().ifPresent(value -> fields.put("error", writeError(value)));
    return fields;
  }

  private static StageState readStage(Stage stage, Fields fields) {
    return new StageState(
        StageStatus.fromWire(fields.text("status")),
        fields.optionalMap("lease").map(TaskFields::readLease),
        readHistory(fields),
        fields.optionalInstant("startedAt"),
        fields.optionalInstant("completedAt"),
        fields.optionalInteger("run"),
        fields
            .optionalMap("output")
            .<StageOutput>map(
                output -> RecordFields.read(output.values(), StageOutput.typeOf(stage))),
        fields.optionalMap("error").map(TaskFields::readError));
  }

  private static void writeHistory(StageHistory history, Map<String, Object> fields) {
    fields.put("attempts", history.attempts());
    fields.put("leaseExpiries", history.leaseExpiries());
    history
        .unexpectedErrors()
        .ifPresent(
            row ->
                fields.put(
                    "unexpectedErrors",
                    Map.of("count", row.count(), "since", timestamp(row.since()))));
    fields.put("nudges", history.nudges());
    history.lastError().ifPresent(value -> fields.put("lastError", value));
  }

  private static StageHistory readHistory(Fields fields) {
    return new StageHistory(
        fields.integer("attempts"),
        fields.integer("leaseExpiries"),
        fields
            .optionalMap("unexpectedErrors")
            .map(row -> new UnexpectedErrors(row.integer("count"), row.instant("since"))),
        fields.integer("nudges"),
        fields.optionalText("lastError"));
  }

  private static Map<String, Object> writeLease(Lease lease) {
    return Map.of(
        "token", lease.token(),
        "messageId", lease.messageId(),
        "deliveryAttempt", lease.deliveryAttempt(),
        "until", timestamp(lease.until()));
  }

  private static Lease readLease(Fields fields) {
    return new Lease(
        fields.text("token"),
        fields.text("messageId"),
        fields.integer("deliveryAttempt"),
        fields.instant("until"));
  }

  private static Map<String, Object> writeError(StageError error) {
    return Map.of("code", error.code().value(), "message", error.message());
  }

  private static StageError readError(Fields fields) {
    return new StageError(new FailureCode(fields.text("code")), fields.text("message"));
  }

  private static Map<String, Object> writeInput(ImageInput input) {
    return switch (input) {
      case ImageInput.Url(String imageUrl) -> Map.of("imageUrl", imageUrl);
      case ImageInput.Upload(String uploadId) -> Map.of("uploadId", uploadId);
    };
  }

  private static ImageInput readInput(Fields fields) {
    Optional<String> imageUrl = fields.optionalText("imageUrl");
    return imageUrl.isPresent()
        ? new ImageInput.Url(imageUrl.get())
        : new ImageInput.Upload(fields.text("uploadId"));
  }

  static Timestamp timestamp(Instant instant) {
    return Timestamp.ofTimeSecondsAndNanos(instant.getEpochSecond(), instant.getNano());
  }
}
