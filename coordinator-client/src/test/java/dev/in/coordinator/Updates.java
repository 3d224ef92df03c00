package dev.in.coordinator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.in.events.FailureCode;
import dev.in.events.TaskRef;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Updates for tests. */
final class Updates {
  private static final TaskRef TASK =
      new TaskRef("q83vEjRWeJCrze8SNFZ4kA", 2, "0af7651916cd43dd8448eb211c80319c");
  private static final UUID EVENT = UUID.fromString("e41da8b2-efd3-5aa4-9dc1-e3c28ee11377");
  private static final Instant AT = Instant.ofEpochSecond(1_760_000_000L, 123_999_999);

  private Updates() {}

  static StatusUpdate completed() {
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    result.put("contentType", "image/jpeg").putArray("keywords").add("M\u00f6we");
    return completed(result);
  }

  static StatusUpdate completed(ObjectNode result) {
    return new StatusUpdate(
        TASK,
        EVENT,
        TaskStatus.COMPLETED,
        Optional.empty(),
        AT,
        Optional.of(result),
        Optional.empty());
  }

  static StatusUpdate failed() {
    return new StatusUpdate(
        TASK,
        EVENT,
        TaskStatus.FAILED,
        Optional.of("metadata"),
        AT,
        Optional.empty(),
        Optional.of(
            new TaskError(
                FailureCode.CORRUPT_IMAGE, "The image has no header.", Optional.of("metadata"))));
  }

  static StatusUpdate processing() {
    return new StatusUpdate(
        TASK,
        EVENT,
        TaskStatus.PROCESSING_IN_GCP,
        Optional.of("download"),
        AT,
        Optional.empty(),
        Optional.empty());
  }
}
