package dev.in.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.result.Exposure;
import dev.in.result.Gps;
import dev.in.result.Metadata;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ExifTool has told each format of file, and whether iN hears the same. */
class ToldTest {
  private static final Metadata TOLD =
      new Metadata(
          6,
          Optional.empty(),
          Optional.of("2024-02-29T13:14:15.25+05:30"),
          Optional.of("Acme"),
          Optional.of("Acme Camera 1"),
          Optional.of("Acme 35mm f/2"),
          Optional.of(
              new Exposure(
                  Optional.of(1 / 250.0), Optional.of(2.8), Optional.of(400), Optional.of(35.0))),
          Optional.of(new Gps(48.8583, -2.2945, Optional.of(-12.5))),
          List.of("harbour", "naïve"),
          false);

  @ParameterizedTest
  @ValueSource(strings = {"told.png", "told.webp", "told.heic"})
  void everythingIsHeard(String name) {
    assertThat(Pictures.extract(Pictures.made(name)).metadata()).isEqualTo(TOLD);
  }

  @Test
  void aTiffHasIptcKeywordsToo() {
    assertThat(Pictures.extract(Pictures.made("told.tiff")).metadata())
        .isEqualTo(withKeywords("boat", "harbour", "naïve"));
  }

  @Test
  void aJpegHasWindowsKeywordsToo() {
    assertThat(Pictures.extract(Pictures.made("told.jpg")).metadata())
        .isEqualTo(withKeywords("boat", "harbour", "naïve", "sail"));
  }

  @Test
  void aGifHasKeywordsAlone() {
    assertThat(Pictures.extract(Pictures.made("told.gif")).metadata())
        .isEqualTo(silent(List.of("harbour", "naïve")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png", "gif", "bmp", "tiff"})
  void aPictureThatSaysNothingIsUpright(String type) {
    assertThat(Pictures.extract(Pictures.drawn(type)).metadata()).isEqualTo(silent(List.of()));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8})
  void whatAnAvifAsksViewersForGoesBeforeItsExif(int orientation) {
    byte[] turned = Pictures.made("turned-" + orientation + ".avif");

    assertThat(Pictures.extract(turned).metadata().orientation()).isEqualTo(orientation);
  }

  private static Metadata withKeywords(String... keywords) {
    return new Metadata(
        TOLD.orientation(),
        TOLD.colorProfile(),
        TOLD.capturedAt(),
        TOLD.cameraMake(),
        TOLD.cameraModel(),
        TOLD.lens(),
        TOLD.exposure(),
        TOLD.gps(),
        List.of(keywords),
        false);
  }

  private static Metadata silent(List<String> keywords) {
    return new Metadata(
        1,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        keywords,
        false);
  }
}
