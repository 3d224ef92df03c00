package dev.in.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.formats.testing.HeifBytes;
import dev.in.formats.testing.JpegBytes;
import dev.in.formats.testing.PngBytes;
import dev.in.formats.testing.TestImages;
import dev.in.formats.testing.TiffBytes;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ColorProfileTest {
  private static final byte[] SRGB = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();

  /** As the Java runtime's colour management calls it. */
  private static final String NAME = "sRGB built-in";

  @Test
  void aJpegNamesItsProfile() {
    byte[] jpeg = JpegBytes.with(0xe2, "ICC_PROFILE\0", TestImages.concat(new byte[] {1, 1}, SRGB));

    assertThat(name(jpeg)).contains(NAME);
  }

  @Test
  void aProfileThatIsSpreadOverSegmentsIsPutTogetherByTheirNumbers() {
    byte[] first = TestImages.concat(new byte[] {1, 2}, Arrays.copyOf(SRGB, 200));
    byte[] second =
        TestImages.concat(new byte[] {2, 2}, Arrays.copyOfRange(SRGB, 200, SRGB.length));
    byte[] jpeg = JpegBytes.with(0xe2, "ICC_PROFILE\0", first);

    assertThat(name(JpegBytes.with(jpeg, 0xe2, "ICC_PROFILE\0", second))).contains(NAME);
  }

  @Test
  void aPngNamesItsProfile() {
    byte[] content = TestImages.concat("ICC profile\0\0".getBytes(), PngBytes.deflated(SRGB));

    assertThat(name(PngBytes.with("iCCP", content))).contains(NAME);
  }

  @Test
  void aTiffNamesItsProfile() {
    byte[] tiff =
        new TiffBytes()
            .main(256, TiffBytes.LONG, 60)
            .main(257, TiffBytes.LONG, 40)
            .main(34675, TiffBytes.UNDEFINED, (Object) SRGB)
            .build();

    assertThat(name(tiff)).contains(NAME);
  }

  @Test
  void aProfileOfMegabytesIsNamedByItsBeginning() {
    byte[] tiff =
        new TiffBytes()
            .main(256, TiffBytes.LONG, 60)
            .main(257, TiffBytes.LONG, 40)
            .main(34675, TiffBytes.UNDEFINED, (Object) Arrays.copyOf(SRGB, 3_000_000))
            .build();

    assertThat(name(tiff)).contains(NAME);
  }

  @Test
  void aHeifFileNamesItsProfile() {
    byte[] color = HeifBytes.box("colr", HeifBytes.text("prof"), SRGB);
    byte[] file =
        HeifBytes.file(
            HeifBytes.primary(1),
            HeifBytes.properties(TestImages.concat(HeifBytes.size(60, 40), color), 1, 2));

    assertThat(name(file)).contains(NAME);
  }

  @Test
  void ofANameInSeveralLanguagesTheEnglishOneIsTaken() {
    byte[] german = "Bildschirm".getBytes(StandardCharsets.UTF_16BE);
    byte[] english = "Display".getBytes(StandardCharsets.UTF_16BE);
    ByteBuffer names = ByteBuffer.allocate(16 + 24 + german.length + english.length);
    names.put("mluc".getBytes()).putInt(0).putInt(2).putInt(12);
    names.put("deDE".getBytes()).putInt(german.length).putInt(40);
    names.put("enUS".getBytes()).putInt(english.length).putInt(40 + german.length);
    names.put(german).put(english);

    assertThat(name(profile(names.array()))).contains("Display");
  }

  @Test
  void aProfileThatIsNoneHasNoName() {
    assertThat(name(JpegBytes.with(0xe2, "ICC_PROFILE\0", new byte[300]))).isEmpty();
    assertThat(name(profile("desc\0\0\0\0\377\377\377\377".getBytes()))).isEmpty();
    assertThat(name(profile(new byte[0]))).isEmpty();
  }

  private static byte[] profile(byte[] description) {
    byte[] all =
        ByteBuffer.allocate(144 + description.length)
            .putInt(128, 1)
            .put(132, "desc".getBytes())
            .putInt(136, 144)
            .putInt(140, description.length)
            .put(144, description)
            .array();
    return JpegBytes.with(0xe2, "ICC_PROFILE\0", TestImages.concat(new byte[] {1, 1}, all));
  }

  private static Optional<String> name(byte[] file) {
    return Extraction.of(file).metadata().colorProfile();
  }
}
