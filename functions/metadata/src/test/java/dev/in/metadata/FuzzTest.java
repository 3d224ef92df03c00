package dev.in.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.core.failure.PermanentFailure;
import dev.in.core.stage.MetadataOutput;
import dev.in.events.FailureCode;
import dev.in.formats.ImageFormat;
import dev.in.formats.testing.Damage;
import dev.in.formats.testing.TestImages;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged files end in an answer or in a verdict, and in nothing else. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FuzzTest {
  private static final int ROUNDS = 150;

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
  void aDamagedImageHasAnAnswerOrAVerdict(String name) {
    byte[] whole = TestImages.made(name);
    ImageFormat format = ImageFormat.sniff(whole).orElseThrow();
    Damage damage = new Damage(name.hashCode());
    for (int round = 0; round < ROUNDS; round++) {
      expectAnswerOrVerdict(damage.of(whole), format);
    }
  }

  private static void expectAnswerOrVerdict(byte[] file, ImageFormat format) {
    try {
      MetadataOutput output = Extraction.of(file, format);
      assertThat(output.width()).isPositive();
      assertThat(output.height()).isPositive();
    } catch (PermanentFailure verdict) {
      assertThat(verdict.code())
          .isIn(Set.of(FailureCode.CORRUPT_IMAGE, FailureCode.TOO_MANY_PIXELS));
    }
  }
}
