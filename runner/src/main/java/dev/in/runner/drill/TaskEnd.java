package dev.in.runner.drill;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.in.events.EventType;
import dev.in.events.FailureCode;
import dev.in.events.Stage;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;

/** How a task is to end, whatever happens on the way. */
sealed interface TaskEnd {

  /** As the edge shows it. */
  String status();

  /** Whether a task that ends like this has published such a message. */
  boolean publishes(EventType type);

  /** The status that its document has of a stage. */
  String statusOf(Stage stage);

  /**
   * All stages complete.
   *
   * @param result of an undisturbed task with the same image
   */
  record Completed(JsonNode result) implements TaskEnd {
    public Completed {
      requireNonNull(result, "result is null");
    }

    @Override
    public String status() {
      return "completed";
    }

    @Override
    public boolean publishes(EventType type) {
      return type != EventType.TASK_FAILED;
    }

    @Override
    public String statusOf(Stage stage) {
      return "completed";
    }
  }

  /** An image that is cut off in its header: `metadata` fails, once it is downloaded. */
  record CorruptImage() implements TaskEnd {
    static final Stage STAGE = Stage.METADATA;
    static final FailureCode CODE = FailureCode.CORRUPT_IMAGE;

    private static final Set<EventType> PUBLISHED =
        EnumSet.of(
            EventType.DOWNLOAD_REQUESTED,
            EventType.IMAGE_DOWNLOADED,
            EventType.METADATA_REQUESTED,
            EventType.TASK_FAILED);

    /** The beginning of a PNG: its signature, and half of its header. */
    static byte[] bytes() {
      return HexFormat.of().parseHex("89504e470d0a1a0a0000000d4948445200000040");
    }

    @Override
    public String status() {
      return "failed";
    }

    @Override
    public boolean publishes(EventType type) {
      return PUBLISHED.contains(type);
    }

    @Override
    public String statusOf(Stage stage) {
      return switch (stage) {
        case DOWNLOAD -> "completed";
        case METADATA -> "failed";
        case AI -> "pending";
      };
    }
  }
}
