package dev.in.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.formats.testing.TestImages;
import dev.in.result.Exposure;
import dev.in.result.Gps;
import dev.in.result.Metadata;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ExifTool has written into a file of each format is what iN reads. */
class TaggedImagesTest {
  private static final Metadata WRITTEN =
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
          Optional.of(
              new Gps(
                  48.8583, -2.2945, Optional.of(-12.5), Optional.empty(), Optional.of("WGS-84"))),
          List.of("harbour", "naïve"),
          Optional.empty(),
          Optional.empty(),
          false);

  @ParameterizedTest
  @ValueSource(strings = {"tagged.png", "tagged.webp"})
  void everythingIsRead(String name) {
    assertThat(Extraction.of(TestImages.made(name)).metadata()).isEqualTo(WRITTEN);
  }

  /** A HEIC file states its orientation in properties of its own, and here in none. */
  @Test
  void ofAHeicEverythingButExifsOrientationIsRead() {
    assertThat(Extraction.of(TestImages.made("tagged.heic")).metadata())
        .isEqualTo(written(1, "harbour", "naïve"));
  }

  @Test
  void aTiffHasIptcKeywordsToo() {
    assertThat(Extraction.of(TestImages.made("tagged.tiff")).metadata())
        .isEqualTo(written(6, "boat", "harbour", "naïve"));
  }

  @Test
  void aJpegHasWindowsKeywordsToo() {
    assertThat(Extraction.of(TestImages.made("tagged.jpg")).metadata())
        .isEqualTo(written(6, "boat", "harbour", "naïve", "sail"));
  }

  @Test
  void aGifHasKeywordsAlone() {
    assertThat(Extraction.of(TestImages.made("tagged.gif")).metadata())
        .isEqualTo(untagged(List.of("harbour", "naïve")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png", "gif", "bmp", "tiff"})
  void anImageWithoutMetadataIsUpright(String type) {
    assertThat(Extraction.of(TestImages.drawn(type)).metadata()).isEqualTo(untagged(List.of()));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8})
  void whatAnAvifAsksViewersForCountsAndNotItsExif(int orientation) {
    byte[] turned = TestImages.made("turned-" + orientation + ".avif");

    assertThat(Extraction.of(turned).metadata().orientation()).isEqualTo(orientation);
  }

  private static Metadata written(int orientation, String... keywords) {
    return new Metadata(
        orientation,
        WRITTEN.colorProfile(),
        WRITTEN.capturedAt(),
        WRITTEN.cameraMake(),
        WRITTEN.cameraModel(),
        WRITTEN.lens(),
        WRITTEN.exposure(),
        WRITTEN.gps(),
        List.of(keywords),
        WRITTEN.description(),
        Optional.empty(),
        false);
  }

  private static Metadata untagged(List<String> keywords) {
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
        Optional.empty(),
        Optional.empty(),
        false);
  }
}
