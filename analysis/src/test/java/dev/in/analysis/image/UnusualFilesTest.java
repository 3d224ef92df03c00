package dev.in.analysis.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.in.formats.ImageFormat;
import dev.in.formats.ImageHeaders;
import dev.in.formats.bytes.ImageBytes;
import dev.in.formats.header.ImageHeader;
import dev.in.formats.testing.UnusualFiles;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What has a readable header also has pixels. */
class UnusualFilesTest {
  static Stream<Map.Entry<String, byte[]>> files() {
    return UnusualFiles.readable().entrySet().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void aFileThatCanBeReadCanBeDecoded(Map.Entry<String, byte[]> unusual) throws Exception {
    byte[] file = unusual.getValue();
    ImageFormat format = ImageFormat.sniff(file).orElseThrow();
    boolean heif = format == ImageFormat.HEIC || format == ImageFormat.AVIF;
    assumeFalse(heif && HeifLibrary.load().isEmpty(), "libheif is not installed");
    ImageHeader header = ImageHeaders.read(ImageBytes.of(file), format);

    DecodedImage image = new ImageDecoder().decode(file);

    assertThat(image.width()).isEqualTo(header.width());
    assertThat(image.height()).isEqualTo(header.height());
    assertThat(image.orientation()).isEqualTo(header.orientation());
    assertThat(image.truncated()).isFalse();
    assertThat(image.pixels().height()).isEqualTo(header.height());
    assertThat(image.pixels().atClamped(30, 20)).isNotIn(0x000000, 0xFFFFFF);
  }
}
