package dev.in.core.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Configuration of every function. */
@ConfigMapping(prefix = "in")
public interface CoreConfig {

  /** {@code IN_IMAGES_BUCKET}: where images lie. */
  String imagesBucket();

  /** {@code IN_TIME_SCALE}: divides every duration of the topology; for tests only. */
  @WithDefault("1")
  double timeScale();

  /** {@code IN_CLOCK_OFFSET}: how far this function's clock is off; for tests only. */
  Optional<Duration> clockOffset();
}
