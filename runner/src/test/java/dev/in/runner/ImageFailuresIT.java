package dev.in.runner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Everything that can be wrong with an image itself, through the whole chain. */
@ExtendWith(SharedStack.class)
class ImageFailuresIT {
  @TempDir private Path folder;
  private RunningStack stack;
  private byte[] image;

  @BeforeEach
  void use(RunningStack shared) throws IOException {
    stack = shared;
    image = Files.readAllBytes(TestImages.write(folder.resolve("good.png"), 64, 48));
  }

  @Test
  void whatIsWrongWithTheImageItselfIsToldByTheStageThatFindsIt() throws Exception {
    Path text = Files.writeString(folder.resolve("text.jpg"), "no image at all");
    Path corrupt = Files.write(folder.resolve("corrupt.png"), Arrays.copyOf(image, 20));
    Path huge = Files.write(folder.resolve("huge.png"), withWidth(20_000));
    Path good = folder.resolve("good.png");

    Map<String, JsonNode> rows =
        stack.process(Stream.of(text, corrupt, huge, good).map(Path::toString).toList());

    assertError(rows.get(text.toString()), "download", "unsupported_type");
    assertError(rows.get(corrupt.toString()), "metadata", "corrupt_image");
    assertError(rows.get(huge.toString()), "metadata", "too_many_pixels");
    assertThat(rows.get(good.toString()).path("status").asText()).isEqualTo("completed");
  }

  @Test
  void anImageThatVisionRefusesIsRejectedByTheAnalysis() throws Exception {
    stack.fault(
        """
        {"calls": "google.cloud.vision.v1.ImageAnnotator/BatchAnnotateImages",
         "effect": "failBefore", "code": "INVALID_ARGUMENT", "when": {"first": 1}}
        """);
    try {
      String good = folder.resolve("good.png").toString();

      assertError(stack.process(List.of(good)).get(good), "ai", "analysis_rejected");
    } finally {
      stack.clearFaults();
    }
  }

  private static void assertError(JsonNode row, String stage, String code) {
    assertThat(row.path("status").asText()).as(row.toString()).isEqualTo("failed");
    assertThat(row.path("error").path("stage").asText()).isEqualTo(stage);
    assertThat(row.path("error").path("code").asText()).isEqualTo(code);
  }

  /** The image with another width in its header, 20,000 pixels high. */
  private byte[] withWidth(int width) {
    byte[] changed = image.clone();
    ByteBuffer header = ByteBuffer.wrap(changed);
    header.putInt(16, width).putInt(20, 20_000);
    CRC32 crc = new CRC32();
    crc.update(changed, 12, 17);
    header.putInt(29, (int) crc.getValue());
    return changed;
  }
}
