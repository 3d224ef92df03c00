package dev.in.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.core.testing.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DownloadConfigTest {
  @Test
  void imagesOfFiftyMegabytesAreTaken() {
    assertThat(Settings.of(DownloadConfig.class, Map.of()).maxSize().asLongValue())
        .isEqualTo(50L << 20);
  }

  @Test
  void allKeys() {
    DownloadConfig config =
        Settings.of(DownloadConfig.class, Map.of("IN_DOWNLOAD_MAX_SIZE", "20M"));

    assertThat(config.maxSize().asLongValue()).isEqualTo(20L << 20);
    assertThat(Settings.keys(DownloadConfig.class)).containsExactly("in.download.max-size");
  }
}
