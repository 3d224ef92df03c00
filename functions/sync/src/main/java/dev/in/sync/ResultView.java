package dev.in.sync;

import static dev.in.coordinator.StatusUpdate.MAX_RESULT_BYTES;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.in.core.task.AnalysisFields;
import dev.in.core.task.MetadataFields;
import dev.in.core.task.TaskDocument;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the owner of a task may see of its document, within what the edge takes. */
final class ResultView {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ResultView() {}

  /**
   * @param endedAt when the chain ended
   */
  static ObjectNode of(TaskDocument task, Instant endedAt) {
    Map<String, Object> result = new LinkedHashMap<>();
    task.downloadOutput()
        .ifPresent(
            picture -> {
              result.put("contentType", picture.contentType());
              result.put("sizeBytes", picture.sizeBytes());
              result.put("sha256", picture.sha256());
            });
    task.metadataOutput()
        .ifPresent(
            output -> {
              result.put("width", output.width());
              result.put("height", output.height());
              result.put("metadata", MetadataFields.write(output.metadata()));
            });
    task.aiOutput()
        .ifPresent(output -> result.put("analysis", AnalysisFields.write(output.analysis())));
    result.put("durationMs", Duration.between(task.createdAt(), endedAt).toMillis());
    return bounded(JSON.valueToTree(result));
  }

  /** The stages bound what they write; should it be too much all the same, the text's lines go. */
  private static ObjectNode bounded(ObjectNode result) {
    if (bytes(result) > MAX_RESULT_BYTES
        && result.path("analysis").path("text") instanceof ObjectNode text) {
      text.putArray("lines");
    }
    if (bytes(result) > MAX_RESULT_BYTES) {
      result.remove("analysis");
    }
    return result;
  }

  private static int bytes(ObjectNode json) {
    return json.toString().getBytes(StandardCharsets.UTF_8).length;
  }
}
