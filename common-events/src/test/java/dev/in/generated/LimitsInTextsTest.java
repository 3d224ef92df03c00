package dev.in.generated;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.in.limits.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Texts for people name limits in numbers: these. */
class LimitsInTextsTest {
  private static final String MB = Limits.MAX_IMAGE_BYTES / (1 << 20) + " MB";
  private static final int MEGAPIXELS = Limits.MAX_PIXELS / 1_000_000;
  private static final int PROGRESSIVE = Limits.MAX_PROGRESSIVE_PIXELS / 1_000_000;

  @Test
  void ofFailures() throws IOException {
    JsonNode codes =
        new ObjectMapper()
            .readTree(getClass().getResourceAsStream("/failure-sentences.json"))
            .path("codes");
    assertThat(codes.at("/source_too_large/happened").asText()).contains("larger than " + MB);
    assertThat(codes.at("/too_many_pixels/advice").asText())
        .contains(MEGAPIXELS + " megapixels", "and " + PROGRESSIVE + " for a progressive JPEG");
  }

  @Test
  void ofTheContract() throws IOException {
    assertThat(Files.readString(Path.of("../docs/contract.md")))
        .contains(
            "| `source_too_large` | more than " + MB,
            "| `too_many_pixels` | above "
                + MEGAPIXELS
                + " megapixels, or "
                + PROGRESSIVE
                + " for a progressive JPEG",
            "at most " + Limits.MAX_RESULT_BYTES / 1024 + " KiB");
  }
}
