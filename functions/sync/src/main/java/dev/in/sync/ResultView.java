package dev.in.sync;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.in.core.stage.AiOutput;
import dev.in.core.stage.DownloadOutput;
import dev.in.core.stage.MetadataOutput;
import dev.in.core.task.TaskDocument;
import dev.in.limits.Limits;
import dev.in.result.Analysis;
import dev.in.result.ResultCodec;
import dev.in.result.TaskResult;
import dev.in.result.TextFindings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What the owner of a task may see of its document, within what the edge takes. */
final class ResultView {
  private ResultView() {}

  /**
   * @param endedAt when the chain ended
   */
  static ObjectNode of(TaskDocument task, Instant endedAt) {
    Optional<DownloadOutput> download = task.downloadOutput();
    Optional<MetadataOutput> metadata = task.metadataOutput();
    return bounded(
        new TaskResult(
            download.map(DownloadOutput::contentType),
            download.map(DownloadOutput::sizeBytes),
            download.map(DownloadOutput::sha256),
            metadata.map(MetadataOutput::width),
            metadata.map(MetadataOutput::height),
            metadata.map(MetadataOutput::metadata),
            task.aiOutput().map(AiOutput::analysis),
            Duration.between(task.createdAt(), endedAt).toMillis()));
  }

  /**
   * The stages bound what they write. Should it be too much all the same, the text's places go
   * first and the findings next, and the result says so.
   */
  private static ObjectNode bounded(TaskResult whole) {
    ObjectNode result = ResultCodec.write(whole);
    if (bytes(result) > Limits.MAX_RESULT_BYTES && whole.analysis().isPresent()) {
      Analysis analysis = whole.analysis().get();
      if (analysis.text().isPresent()) {
        TextFindings text = analysis.text().get().withoutLines();
        result = ResultCodec.write(whole.with(analysis.with(text)));
      }
      if (bytes(result) > Limits.MAX_RESULT_BYTES) {
        result = ResultCodec.write(whole.with(analysis.withoutFindings()));
      }
    }
    return result;
  }

  private static int bytes(ObjectNode json) {
    return json.toString().getBytes(StandardCharsets.UTF_8).length;
  }
}
