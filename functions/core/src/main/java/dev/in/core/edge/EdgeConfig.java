package dev.in.core.edge;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;

/** Where the edge is, for the functions that call it. */
@ConfigMapping(prefix = "in.edge")
public interface EdgeConfig {

  /** {@code IN_EDGE_URL}: the edge's address. */
  URI url();

  /**
   * {@code IN_EDGE_AUDIENCE}: the audience of the function's tokens, as the edge is configured
   * with.
   */
  String audience();

  /** {@code IN_EDGE_TIME_LIMIT}: for one call with its quick retries. */
  @WithDefault("20s")
  Duration timeLimit();
}
