package dev.in.ai;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Who analyses. */
@ConfigMapping(prefix = "in.ai")
public interface AiConfig {

  /** {@code VISION_EMULATOR_HOST}: {@code host:port} of an emulator, reached in plaintext. */
  Optional<String> visionHost();

  /**
   * {@code projects/PROJECT/locations/eu} (or {@code us}, {@code asia}): where Vision works. Left
   * out, it chooses a region itself.
   */
  Optional<String> visionParent();
}
