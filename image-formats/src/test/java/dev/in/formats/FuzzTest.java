package dev.in.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.formats.header.ImageHeader;
import dev.in.formats.header.UnreadableHeaderException;
import dev.in.formats.testing.Damage;
import dev.in.formats.testing.TestImages;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged files have a header or an {@link UnreadableHeaderException}, and nothing else. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FuzzTest {
  private static final int ROUNDS = 300;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tagged.jpg",
        "tagged.png",
        "tagged.gif",
        "tagged.tiff",
        "tagged.webp",
        "lossless.webp",
        "tagged.heic",
        "turned-7.avif",
        "grid.avif",
      })
  void aDamagedImageHasAHeaderOrARefusal(String name) {
    byte[] whole = TestImages.made(name);
    ImageFormat format = ImageFormat.sniff(whole).orElseThrow();
    Damage damage = new Damage(name.hashCode());
    for (int round = 0; round < ROUNDS; round++) {
      expectHeaderOrRefusal(damage.of(whole), format);
    }
  }

  private static void expectHeaderOrRefusal(byte[] file, ImageFormat format) {
    try {
      ImageHeader header = TestImages.header(file, format);
      assertThat(header.width()).isPositive();
      assertThat(header.height()).isPositive();
    } catch (UnreadableHeaderException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }
}
