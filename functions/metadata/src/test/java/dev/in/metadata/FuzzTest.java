package dev.in.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.core.failure.PermanentFailure;
import dev.in.core.image.ImageFormat;
import dev.in.core.stage.MetadataOutput;
import dev.in.events.FailureCode;
import java.util.Random;
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
        "told.jpg",
        "told.png",
        "told.gif",
        "told.tiff",
        "told.webp",
        "lossless.webp",
        "told.heic",
        "turned-7.avif",
        "grid.avif",
      })
  void aDamagedPictureHasAnAnswerOrAVerdict(String name) {
    byte[] whole = Pictures.made(name);
    ImageFormat format = ImageFormat.sniff(whole).orElseThrow();
    Random random = new Random(name.hashCode());
    for (int round = 0; round < ROUNDS; round++) {
      byte[] damaged = whole.clone();
      for (int i = 1 + random.nextInt(8); i > 0; i--) {
        damaged[random.nextInt(damaged.length)] = interesting(random);
      }
      expectAnswerOrVerdict(damaged, format);
    }
  }

  /** Lengths and counts break at their ends more than anywhere. */
  private static byte interesting(Random random) {
    byte[] ends = {0, 1, 0x7f, (byte) 0x80, (byte) 0xff};
    return random.nextBoolean() ? ends[random.nextInt(ends.length)] : (byte) random.nextInt();
  }

  private static void expectAnswerOrVerdict(byte[] file, ImageFormat format) {
    try {
      MetadataOutput output = Pictures.extract(file, format);
      assertThat(output.width()).isPositive();
      assertThat(output.height()).isPositive();
    } catch (PermanentFailure verdict) {
      assertThat(verdict.code())
          .isIn(Set.of(FailureCode.CORRUPT_IMAGE, FailureCode.TOO_MANY_PIXELS));
    }
  }
}
