package dev.in.runner.edge;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.in.runner.process.StackFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Tasks at the edge, from submission to their end, over an edge that may go and come back. */
public final class Tasks {
  /** Before a stream that has ended is opened again. */
  private static final Duration RECONNECT_PAUSE = Duration.ofMillis(100);

  /** What the edge takes as one. */
  private static final Pattern FILE_NAME = Pattern.compile("[^\\p{Cc}/\\\\]{1,255}");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final EdgeClient edge;
  private final RetryPolicy retries;
  private final SubmissionOptions options;

  /** Why no task is accepted any more, while this command lasts; they all ask for the same. */
  private final AtomicReference<EdgeRefusal> limitReached = new AtomicReference<>();

  public Tasks(EdgeClient edge, RetryPolicy retries, SubmissionOptions options) {
    this.edge = requireNonNull(edge, "edge is null");
    this.retries = requireNonNull(retries, "retries is null");
    this.options = requireNonNull(options, "options is null");
  }

  /**
   * Uploads an image.
   *
   * @return the upload's id
   */
  public String upload(Path file, String contentType)
      throws StackFailure, InterruptedException, EdgeRefusal {
    requireLimitNotReached();
    // Each try has a place of its own, so that a half-done one cannot be in the way.
    return retries.call(
        () -> {
          Upload upload = edge.createUpload(contentType, Files.size(file), fileName(file));
          edge.put(upload, file);
          return upload.uploadId();
        });
  }

  /** Empty where the edge would refuse the name: the image matters more. */
  private static Optional<String> fileName(Path file) {
    return Optional.of(file.getFileName().toString())
        .filter(name -> FILE_NAME.matcher(name).matches());
  }

  public TaskView submitUpload(String uploadId)
      throws StackFailure, InterruptedException, EdgeRefusal {
    return submit(JsonNodeFactory.instance.objectNode().put("uploadId", uploadId));
  }

  public TaskView submitUrl(String imageUrl)
      throws StackFailure, InterruptedException, EdgeRefusal {
    return submit(JsonNodeFactory.instance.objectNode().put("imageUrl", imageUrl));
  }

  private TaskView submit(ObjectNode body) throws StackFailure, InterruptedException, EdgeRefusal {
    body.put("priority", options.priority().wireName());
    if (!options.features().isEmpty()) {
      ArrayNode features = body.putArray("features");
      options.features().forEach(feature -> features.add(feature.name()));
    }
    String key = UUID.randomUUID().toString();
    requireLimitNotReached();
    try {
      return TaskView.submitted(retries.call(() -> edge.submit(body, key)));
    } catch (EdgeRefusal refusal) {
      if (refusal.limit().isPresent()) {
        limitReached.set(refusal);
      }
      throw refusal;
    }
  }

  /** Nothing is uploaded or submitted of which it is known that it is refused. */
  private void requireLimitNotReached() throws EdgeRefusal {
    EdgeRefusal refusal = limitReached.get();
    if (refusal != null) {
      throw refusal;
    }
  }

  /**
   * Follows a task to its end.
   *
   * @param updates receives every update in order, the terminal one included
   * @return the end
   */
  public TaskView follow(String taskId, Consumer<TaskView> updates)
      throws StackFailure, InterruptedException, EdgeRefusal {
    Following following = new Following(taskId, updates);
    while (true) {
      Optional<TaskView> end = retries.call(following::toNextBreak);
      if (end.isPresent()) {
        return end.get();
      }
      Thread.sleep(RECONNECT_PAUSE);
    }
  }

  /** One task's events over any number of connections. */
  private final class Following {
    private final String taskId;
    private final Consumer<TaskView> updates;
    private Optional<String> lastEventId = Optional.empty();

    Following(String taskId, Consumer<TaskView> updates) {
      this.taskId = taskId;
      this.updates = updates;
    }

    /** Empty when the connection ended before the task. */
    Optional<TaskView> toNextBreak() throws IOException, InterruptedException, EdgeRefusal {
      Optional<EventStream> opened = edge.events(taskId, lastEventId);
      if (opened.isEmpty()) {
        TaskView view = edge.view(taskId);
        updates.accept(view);
        return Optional.of(view).filter(TaskView::terminal);
      }
      try (EventStream events = opened.get()) {
        for (Optional<EventStream.Event> event = events.next();
            event.isPresent();
            event = events.next()) {
          lastEventId = Optional.of(event.get().id());
          TaskView view = TaskView.read(JSON.readTree(event.get().data()));
          updates.accept(view);
          if (view.terminal()) {
            return Optional.of(view);
          }
        }
      }
      return Optional.empty();
    }
  }
}
