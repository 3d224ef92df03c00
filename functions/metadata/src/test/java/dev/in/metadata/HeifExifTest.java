package dev.in.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.core.stage.MetadataOutput;
import dev.in.formats.testing.HeifBytes;
import dev.in.formats.testing.TestImages;
import dev.in.formats.testing.TiffBytes;
import org.junit.jupiter.api.Test;

class HeifExifTest {
  @Test
  void theExifItemIsFoundThoughItsDistanceIsWrong() {
    byte[] tiff = new TiffBytes().main(0x010f, TiffBytes.ASCII, "Acme Cameras").build();
    for (int distance : new int[] {6, 0, 99}) {
      byte[] item = TestImages.concat(HeifBytes.u32(distance), "Exif\0\0".getBytes(), tiff);

      assertThat(withExif(item).metadata().cameraMake()).contains("Acme Cameras");
    }
  }

  @Test
  void anItemThatIsNotExifIsIgnored() {
    assertThat(withExif(new byte[40]).metadata().cameraMake()).isEmpty();
    assertThat(withExif(new byte[3]).metadata().cameraMake()).isEmpty();
  }

  private static MetadataOutput withExif(byte[] item) {
    byte[] primary = HeifBytes.primary(1);
    byte[] items =
        HeifBytes.items(HeifBytes.item(1, "hvc1", "\0"), HeifBytes.item(2, "Exif", "\0"));
    byte[] properties = HeifBytes.properties(HeifBytes.size(60, 40), 1);
    int at = HeifBytes.file(primary, items, HeifBytes.locations(2, 0, 0), properties).length;
    byte[] file =
        HeifBytes.file(primary, items, HeifBytes.locations(2, at, item.length), properties);
    return Extraction.of(TestImages.concat(file, item));
  }
}
