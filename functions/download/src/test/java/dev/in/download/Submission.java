package dev.in.download;

import dev.in.core.testing.PushBody;
import dev.in.events.DownloadRequested;
import dev.in.events.EventCodec;
import dev.in.events.Feature;
import dev.in.events.INEvent;
import dev.in.events.ImageInput;
import dev.in.events.TaskRef;
import java.time.Instant;
import java.util.UUID;

/** A task of its own, and the message that the edge publishes of it. */
record Submission(String taskId, ImageInput input, Instant submittedAt) {

  /** Whose tasks these are. */
  static final String OWNER = "ada";

  static Submission of(ImageInput input) {
    return new Submission("task_" + UUID.randomUUID(), input, Instant.now());
  }

  static Submission ofUpload(String uploadId) {
    return of(new ImageInput.Upload(uploadId));
  }

  /** Where this owner's upload of that id is. */
  static String uploadOf(String owner, String uploadId) {
    return "uploads/" + owner + "/" + uploadId;
  }

  String objectName() {
    return "tasks/" + taskId + "/1/original";
  }

  PushBody delivery(int attempt) {
    INEvent<?> event =
        INEvent.of(
            new TaskRef(taskId, 1, "0af7651916cd43dd8448eb211c80319c"),
            "edge",
            submittedAt,
            "edge",
            new DownloadRequested(input, Feature.DEFAULT));
    return PushBody.of(EventCodec.write(event))
        .attribute("taskId", taskId)
        .attribute("owner", OWNER)
        .attribute("eventType", "download.requested")
        .messageId("message-of-" + taskId)
        .attempt(attempt);
  }
}
