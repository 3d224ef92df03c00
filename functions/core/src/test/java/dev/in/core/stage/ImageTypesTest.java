package dev.in.core.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.formats.ImageFormat;
import dev.in.limits.ImageTypes;
import org.junit.jupiter.api.Test;

class ImageTypesTest {
  @Test
  void whatMayBeUploadedIsWhatTheFormatsAre() {
    assertThat(ImageFormat.values())
        .extracting(ImageFormat::contentType)
        .containsExactlyElementsOf(ImageTypes.SUPPORTED);
  }
}
