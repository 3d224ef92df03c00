package dev.in.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.analysis.image.DecodeLimits;
import dev.in.formats.header.PixelLimits;
import dev.in.limits.Limits;
import org.junit.jupiter.api.Test;

/** The analysis, which does not depend on the contract, decodes what the chain accepts. */
class DecodeLimitsTest {
  @Test
  void anImageThatTheChainAcceptsIsDecoded() {
    assertThat(DecodeLimits.DEFAULT.pixels())
        .isEqualTo(new PixelLimits(Limits.MAX_PIXELS, Limits.MAX_PROGRESSIVE_PIXELS));
  }
}
