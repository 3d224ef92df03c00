package dev.in.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.formats.testing.HeifBytes;
import dev.in.formats.testing.TestImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a HEIC or AVIF file asks viewers to turn it. */
class HeifOrientationTest {
  @ParameterizedTest
  @CsvSource({
    "0, 1", "1, 8", "2, 3", "3, 6",
  })
  void aRotationIsAnticlockwise(int quarterTurns, int orientation) {
    byte[] rotation = HeifBytes.box("irot", HeifBytes.u8(quarterTurns));

    assertThat(oriented(rotation)).isEqualTo(orientation);
  }

  @ParameterizedTest
  @CsvSource({"0, 4", "1, 2"})
  void aMirrorExchangesTopAndBottomOrLeftAndRight(int axis, int orientation) {
    assertThat(oriented(HeifBytes.box("imir", HeifBytes.u8(axis)))).isEqualTo(orientation);
  }

  @Test
  void theOrderOfRotatingAndMirroringMatters() {
    byte[] rotation = HeifBytes.box("irot", HeifBytes.u8(1));
    byte[] mirror = HeifBytes.box("imir", HeifBytes.u8(1));

    assertThat(oriented(rotation, mirror)).isEqualTo(7);
    assertThat(oriented(mirror, rotation)).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8})
  void anotherOrientationInItsExifDoesNotCount(int orientation) {
    byte[] turned = TestImages.made("turned-" + orientation + ".avif");

    assertThat(TestImages.header(turned).orientation().exif()).isEqualTo(orientation);
  }

  @Test
  void anOrientationInItsExifAloneDoesNotCount() {
    assertThat(TestImages.header(TestImages.made("tagged.heic")).orientation().exif()).isEqualTo(1);
  }

  @Test
  void anItemBeyondTheFileIsMissing() {
    byte[] file =
        HeifBytes.file(
            HeifBytes.primary(1),
            HeifBytes.locations(1, 1_000_000, 5),
            HeifBytes.properties(HeifBytes.size(60, 40), 1));

    assertThat(TestImages.header(file).truncated()).isTrue();
  }

  private static int oriented(byte[]... transforms) {
    int[] own = new int[1 + transforms.length];
    for (int i = 0; i < own.length; i++) {
      own[i] = i + 1;
    }
    byte[] boxes = TestImages.concat(HeifBytes.size(60, 40), TestImages.concat(transforms));
    byte[] file = HeifBytes.file(HeifBytes.primary(1), HeifBytes.properties(boxes, own));
    return TestImages.header(file).orientation().exif();
  }
}
