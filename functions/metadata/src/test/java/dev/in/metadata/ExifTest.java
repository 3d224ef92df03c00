package dev.in.metadata;

import static dev.in.formats.testing.TiffBytes.ASCII;
import static dev.in.formats.testing.TiffBytes.LONG;
import static dev.in.formats.testing.TiffBytes.RATIONAL;
import static dev.in.formats.testing.TiffBytes.SHORT;
import static dev.in.formats.testing.TiffBytes.UNDEFINED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.in.formats.testing.JpegBytes;
import dev.in.formats.testing.TestImages;
import dev.in.formats.testing.TiffBytes;
import dev.in.result.Exposure;
import dev.in.result.Metadata;
import java.nio.ByteOrder;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExifTest {
  private static final int MAKE = 0x010f;
  private static final int ORIENTATION = 0x0112;
  private static final int EXPOSURE_TIME = 0x829a;
  private static final int F_NUMBER = 0x829d;
  private static final int ISO = 0x8827;
  private static final int TIME = 0x9003;
  private static final int OFFSET = 0x9011;
  private static final int FRACTION = 0x9291;
  private static final int FOCAL_LENGTH = 0x920a;
  private static final int MAKER_NOTE = 0x927c;

  private final TiffBytes exif = new TiffBytes();

  @Test
  void bothByteOrdersAreRead() {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
      TiffBytes either = new TiffBytes(order).main(ORIENTATION, SHORT, 8).main(MAKE, ASCII, "Acme");

      Metadata metadata = Extraction.of(either.inJpeg()).metadata();

      assertThat(metadata.orientation()).isEqualTo(8);
      assertThat(metadata.cameraMake()).contains("Acme");
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "8, 8", "9, 1", "65535, 1"})
  void anOrientationThatThereIsNotIsUpright(int written, int read) {
    exif.main(ORIENTATION, SHORT, written);

    assertThat(metadata().orientation()).isEqualTo(read);
  }

  @ParameterizedTest
  @CsvSource({
    "2024:02:29 13:14:15, , , 2024-02-29T13:14:15",
    "2024:02:29 13:14:00, , , 2024-02-29T13:14:00",
    "2024:02:29 13:14:15, 250, , 2024-02-29T13:14:15.250",
    "2024:02:29 13:14:15, , -03:00, 2024-02-29T13:14:15-03:00",
    "2024:02:29 13:14:15, 5, +00:00, 2024-02-29T13:14:15.5Z",
    "2024:02:29 13:14:15, x, +99:00, 2024-02-29T13:14:15",
    "2024:02:29 13:14:15, 0123456789, , 2024-02-29T13:14:15",
    "2023:02:29 13:14:15, , , ",
    "0000:00:00 00:00:00, , , ",
    "2024:13:01 00:00:00, , , ",
    "2024:02:29 24:00:00, , , ",
    "2024-02-29 13:14:15, , , ",
    "'    :  :     :  :  ', , , ",
  })
  void theTimeOfTakingIsWhatTheFileSaysAndNoMore(
      String time, String fraction, String offset, String read) {
    exif.exif(TIME, ASCII, time);
    if (fraction != null) {
      exif.exif(FRACTION, ASCII, fraction);
    }
    if (offset != null) {
      exif.exif(OFFSET, ASCII, offset);
    }

    assertThat(metadata().capturedAt()).isEqualTo(Optional.ofNullable(read));
  }

  @Test
  void theTimeOfChangingOrScanningIsNotTheTimeOfTaking() {
    exif.main(0x0132, ASCII, "2024:02:29 13:14:15").exif(0x9004, ASCII, "2024:02:29 13:14:15");

    assertThat(metadata().capturedAt()).isEmpty();
  }

  @Test
  void theExposureIsReadInSecondsAndMillimetres() {
    exif.exif(EXPOSURE_TIME, RATIONAL, 30, 1)
        .exif(F_NUMBER, RATIONAL, 56, 10)
        .exif(ISO, SHORT, 51_200)
        .exif(FOCAL_LENGTH, RATIONAL, 425, 100);

    assertThat(metadata().exposure())
        .contains(
            new Exposure(
                Optional.of(30.0), Optional.of(5.6), Optional.of(51_200), Optional.of(4.25)));
  }

  @Test
  void ofSeveralSensitivitiesTheFirstCounts() {
    exif.exif(ISO, SHORT, 200, 0);

    assertThat(metadata().exposure().orElseThrow().iso()).contains(200);
  }

  @Test
  void numbersThatNobodyCanMeanAreDropped() {
    exif.exif(EXPOSURE_TIME, RATIONAL, 1, 0)
        .exif(F_NUMBER, RATIONAL, 0, 1)
        .exif(ISO, LONG, -1)
        .exif(FOCAL_LENGTH, RATIONAL, -1, 1);

    assertThat(metadata().exposure()).isEmpty();
  }

  @Test
  void whatMakesSenseIsKeptBesideWhatDoesNot() {
    exif.exif(EXPOSURE_TIME, RATIONAL, 0, 0).exif(F_NUMBER, RATIONAL, 28, 10);

    assertThat(metadata().exposure())
        .contains(
            new Exposure(Optional.empty(), Optional.of(2.8), Optional.empty(), Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "'  Acme  ', Acme",
    "'Ac\u0007me\u001b[31m', 'Ac me [31m'",
    "'Ac\nme\tCo', Ac me Co",
    "'\u202eemcA\u200b', emcA",
    "'Acmé', Acmé",
    "'\ud83d\udcf7', '\ud83d\udcf7'",
    "'   ', ",
    "'', ",
  })
  void textIsCleaned(String written, String read) {
    exif.main(MAKE, ASCII, written);

    assertThat(metadata().cameraMake()).isEqualTo(Optional.ofNullable(read));
  }

  @Test
  void textIsBounded() {
    exif.main(MAKE, ASCII, "\ud83d\udcf7".repeat(5_000));

    assertThat(metadata().cameraMake()).contains("\ud83d\udcf7".repeat(200));
  }

  @Test
  void textThatIsNoTextIsNone() {
    exif.main(MAKE, UNDEFINED, (Object) new byte[] {-1, -2, -3, -4, -5});

    assertThat(metadata().cameraMake().orElse("")).hasSizeLessThan(20);
  }

  @Test
  void aMakersNoteIsPassedOver() {
    exif.main(MAKE, ASCII, "NIKON")
        .exif(MAKER_NOTE, UNDEFINED, (Object) "Nikon\0\2\0\0\0II*\0\10\0\0\0\377\377".getBytes())
        .exif(ISO, SHORT, 100);

    assertThat(metadata().exposure().orElseThrow().iso()).contains(100);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 6, 9, 20, 40, 60})
  void whatStandsBeforeABreakIsKept(int bytesMissing) {
    exif.main(ORIENTATION, SHORT, 6).main(0x013b, ASCII, "x".repeat(100));
    byte[] whole = exif.build();
    byte[] broken = TestImages.cut(whole, whole.length - bytesMissing);

    Metadata metadata = Extraction.of(JpegBytes.with(0xe1, "Exif\0\0", broken)).metadata();

    assertThat(metadata.orientation()).isEqualTo(6);
  }

  private Metadata metadata() {
    return Extraction.of(exif.inJpeg()).metadata();
  }
}
