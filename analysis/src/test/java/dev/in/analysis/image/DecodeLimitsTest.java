package dev.in.analysis.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.formats.header.PixelLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The analysis, which does not depend on the contract, decodes what the chain accepts. */
class DecodeLimitsTest {
  private static final Path LIMITS = Path.of("../common-events/src/main/resources/limits.json");

  @Test
  void anImageThatTheChainAcceptsIsDecoded() throws IOException {
    String limits = Files.readString(LIMITS);

    assertThat(DecodeLimits.DEFAULT.pixels())
        .isEqualTo(
            new PixelLimits(limit(limits, "maxPixels"), limit(limits, "maxProgressivePixels")));
  }

  private static int limit(String limits, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\"\\s*:\\s*(\\d+)").matcher(limits);
    assertThat(matcher.find()).as(name).isTrue();
    return Integer.parseInt(matcher.group(1));
  }
}
