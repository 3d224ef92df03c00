package dev.in.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.core.stage.MetadataOutput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeifTest {
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

  @Test
  void theExifItemIsFoundThoughItsDistanceIsWrong() {
    byte[] tiff = new ExifBytes().main(0x010f, ExifBytes.ASCII, "Acme Cameras").build();
    for (int distance : new int[] {6, 0, 99}) {
      byte[] item = Pictures.concat(HeifBytes.u32(distance), "Exif\0\0".getBytes(), tiff);

      assertThat(withExif(item).metadata().cameraMake()).contains("Acme Cameras");
    }
  }

  @Test
  void anExifItemThatIsNoneIsNone() {
    assertThat(withExif(new byte[40]).metadata().cameraMake()).isEmpty();
    assertThat(withExif(new byte[3]).metadata().cameraMake()).isEmpty();
  }

  @Test
  void anItemBehindTheFileIsMissing() {
    byte[] file =
        HeifBytes.file(
            HeifBytes.primary(1),
            HeifBytes.locations(1, 1_000_000, 5),
            HeifBytes.properties(HeifBytes.size(60, 40), 1));

    assertThat(Pictures.extract(file).metadata().truncated()).isTrue();
  }

  private static MetadataOutput withExif(byte[] item) {
    byte[] primary = HeifBytes.primary(1);
    byte[] items =
        HeifBytes.items(HeifBytes.item(1, "hvc1", "\0"), HeifBytes.item(2, "Exif", "\0"));
    byte[] properties = HeifBytes.properties(HeifBytes.size(60, 40), 1);
    int at = HeifBytes.file(primary, items, HeifBytes.locations(2, 0, 0), properties).length;
    byte[] file =
        HeifBytes.file(primary, items, HeifBytes.locations(2, at, item.length), properties);
    return Pictures.extract(Pictures.concat(file, item));
  }

  private static int oriented(byte[]... transforms) {
    int[] own = new int[1 + transforms.length];
    for (int i = 0; i < own.length; i++) {
      own[i] = i + 1;
    }
    byte[] boxes = Pictures.concat(HeifBytes.size(60, 40), Pictures.concat(transforms));
    byte[] file = HeifBytes.file(HeifBytes.primary(1), HeifBytes.properties(boxes, own));
    return Pictures.extract(file).metadata().orientation();
  }
}
