package dev.in.sync;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;

/** Where the coordinators are. */
@ConfigMapping(prefix = "in.edge")
public interface EdgeConfig {

  /** {@code IN_EDGE_URL}: the edge's address. */
  URI url();

  /** {@code IN_EDGE_AUDIENCE}: the audience of sync's tokens, as the edge is configured with. */
  String audience();

  /** {@code IN_EDGE_TIME_LIMIT}: for one update with its quick retries. */
  @WithDefault("20s")
  Duration timeLimit();
}
