package dev.in.download;

import dev.in.limits.Limits;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What an image may be. */
@ConfigMapping(prefix = "in.download")
public interface DownloadConfig {

  /** {@code IN_DOWNLOAD_MAX_SIZE}: an image of more bytes is refused. */
  @WithDefault("" + Limits.MAX_IMAGE_BYTES)
  MemorySize maxSize();
}
