package dev.in.runner.forget;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What people read of the deletion of an account. */
public final class DeletionReport {
  private DeletionReport() {}

  /**
   * @param deletion as the edge describes it
   */
  public static List<String> lines(JsonNode deletion) {
    List<String> lines = new ArrayList<>();
    String owner = deletion.path("owner").asText();
    long tasks = deletion.path("tasks").asLong();
    lines.add(
        Forget.isFinished(deletion)
            ? "The account %s is deleted: %d tasks with their images, search index, feed, webhooks, keys, mail."
                .formatted(owner, tasks)
            : "The account %s is being deleted, and the edge goes on by itself: operation %s, %d tasks."
                .formatted(owner, deletion.path("operationId").asText(), tasks));
    lines.add("What stays, and for how many days:");
    for (JsonNode remains : deletion.path("remains")) {
      lines.add(
          "  %s (%s): %s"
              .formatted(
                  remains.path("store").asText(),
                  remains.path("days").asText(),
                  remains.path("what").asText()));
    }
    return lines;
  }
}
