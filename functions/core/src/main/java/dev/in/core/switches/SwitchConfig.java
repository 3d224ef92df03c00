package dev.in.core.switches;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the switches are read. */
@ConfigMapping(prefix = "in.switches")
public interface SwitchConfig {

  /**
   * {@code IN_SWITCHES_MAX_AGE}: how long a setting may be out of date; each instance of {@code ai}
   * and {@code sync} reads one document as often as this while it works.
   */
  @WithDefault("5s")
  Duration maxAge();
}
