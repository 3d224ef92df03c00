package dev.in.core.stage;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.in.events.ObjectRef;
import dev.in.events.Stage;
import dev.in.json.MalformedJsonException;
import dev.in.result.ResultCodec;
import dev.in.result.TaskResult;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Outputs with everything that they can have: those of the contract's {@code result-example.json}.
 */
public final class FullOutputs {
  private FullOutputs() {}

  public static StageOutput of(Stage stage) {
    TaskResult result = example();
    return switch (stage) {
      case DOWNLOAD ->
          new DownloadOutput(
              new ObjectRef("in-local-images", "tasks/full/1/original", 1L << 50),
              result.contentType().orElseThrow(),
              result.sizeBytes().orElseThrow(),
              result.sha256().orElseThrow(),
              "AAAAAA==");
      case METADATA ->
          new MetadataOutput(
              result.width().orElseThrow(),
              result.height().orElseThrow(),
              result.metadata().orElseThrow());
      case AI -> new AiOutput(result.analysis().orElseThrow());
    };
  }

  private static TaskResult example() {
    try {
      return ResultCodec.read(
          new ObjectMapper()
              .readTree(
                  Path.of("../../common-events/src/test/resources/result-example.json").toFile()));
    } catch (IOException | MalformedJsonException e) {
      throw new AssertionError(e);
    }
  }
}
