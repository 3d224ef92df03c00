package dev.in.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.in.core.failure.PermanentFailure;
import dev.in.core.stage.MetadataOutput;
import dev.in.events.FailureCode;
import dev.in.formats.ImageFormat;
import dev.in.formats.testing.TestImages;
import dev.in.formats.testing.UnusualFiles;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of the header; image-formats has the tests of how it is read. */
class VerdictTest {
  static Stream<byte[]> images() {
    return Stream.of(
        TestImages.made("tagged.jpg"),
        TestImages.made("tagged.png"),
        TestImages.made("tagged.gif"),
        TestImages.made("tagged.webp"),
        TestImages.made("tagged.tiff"),
        TestImages.drawn("bmp"),
        TestImages.made("tagged.heic"),
        TestImages.made("turned-6.avif"));
  }

  @ParameterizedTest
  @MethodSource("images")
  void sizeAndCompletenessAreThoseOfTheHeader(byte[] image) {
    MetadataOutput whole = Extraction.of(image);
    MetadataOutput cut = Extraction.of(TestImages.cut(image, image.length - 2));

    assertThat(whole.width()).isEqualTo(60);
    assertThat(whole.height()).isEqualTo(40);
    assertThat(whole.metadata().truncated()).isFalse();
    assertThat(cut.width()).isEqualTo(60);
    assertThat(cut.metadata().truncated()).isTrue();
  }

  @Test
  void unusualFilesThatCanBeReadAreAccepted() {
    UnusualFiles.readable()
        .forEach(
            (name, file) -> {
              MetadataOutput output = Extraction.of(file);

              assertThat(output.width()).as(name).isEqualTo(60);
              assertThat(output.height()).as(name).isEqualTo(40);
              assertThat(output.metadata().truncated()).as(name).isFalse();
            });
  }

  @ParameterizedTest
  @EnumSource
  void anImageWithoutAReadableHeaderIsCorrupt(ImageFormat format) {
    PermanentFailure failure =
        catchThrowableOfType(PermanentFailure.class, () -> Extraction.of(new byte[1], format));

    assertThat(failure.code()).isEqualTo(FailureCode.CORRUPT_IMAGE);
    assertThat(failure.getMessage())
        .startsWith("The image's header cannot be read: ")
        .endsWith(".");
  }
}
