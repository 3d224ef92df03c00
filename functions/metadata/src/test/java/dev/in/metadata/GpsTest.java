package dev.in.metadata;

import static dev.in.formats.testing.TiffBytes.ASCII;
import static dev.in.formats.testing.TiffBytes.BYTE;
import static dev.in.formats.testing.TiffBytes.RATIONAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.in.formats.testing.TiffBytes;
import dev.in.result.Direction;
import dev.in.result.Gps;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GpsTest {
  private static final int LATITUDE_REF = 1;
  private static final int LATITUDE = 2;
  private static final int LONGITUDE_REF = 3;
  private static final int LONGITUDE = 4;
  private static final int ALTITUDE_REF = 5;
  private static final int ALTITUDE = 6;
  private static final int DIRECTION_REF = 0x10;
  private static final int DIRECTION = 0x11;
  private static final int DATUM = 0x12;

  @ParameterizedTest
  @CsvSource({
    "N, E, 48.51, 2.295",
    "S, E, -48.51, 2.295",
    "N, W, 48.51, -2.295",
    "S, W, -48.51, -2.295",
    "n, w, 48.51, -2.295",
  })
  void hemispheresGiveTheSign(String ns, String ew, double latitude, double longitude) {
    assertThat(read(place(ns, ew))).contains(at(latitude, longitude));
  }

  @ParameterizedTest
  @CsvSource({"'', E", "N, ''", "X, E", "N, N", "E, N"})
  void degreesWithoutAHemisphereAreNoPlace(String ns, String ew) {
    assertThat(read(place(ns, ew))).isEmpty();
  }

  @Test
  void aReceiverWithoutAFixHasNoPlace() {
    TiffBytes exif =
        place("N", "E")
            .gps(LATITUDE, RATIONAL, 0, 1, 0, 1, 0, 1)
            .gps(LONGITUDE, RATIONAL, 0, 1, 0, 1, 0, 1);

    assertThat(read(exif)).isEmpty();
  }

  @Test
  void theEquatorIsAPlace() {
    TiffBytes exif = place("S", "E").gps(LATITUDE, RATIONAL, 0, 1, 0, 1, 0, 1);

    assertThat(read(exif)).contains(at(0, 2.295));
  }

  @Test
  void ratiosWithoutADenominatorAreNoPlace() {
    assertThat(read(place("N", "E").gps(LATITUDE, RATIONAL, 48, 1, 30, 1, 36, 0))).isEmpty();
    assertThat(read(place("N", "E").gps(LATITUDE, RATIONAL, 0, 0, 0, 0, 0, 0))).isEmpty();
  }

  @Test
  void whatIsNotOnEarthIsNoPlace() {
    assertThat(read(place("N", "E").gps(LATITUDE, RATIONAL, 90, 1, 0, 1, 1, 1))).isEmpty();
    assertThat(read(place("N", "E").gps(LONGITUDE, RATIONAL, 181, 1, 0, 1, 0, 1))).isEmpty();
    assertThat(read(place("N", "E").gps(LATITUDE, RATIONAL, -1, 1, 0, 1, 0, 1))).isEmpty();
  }

  @Test
  void degreesAloneAreNoPlace() {
    assertThat(read(place("N", "E").gps(LATITUDE, RATIONAL, 48, 1))).isEmpty();
  }

  @Test
  void altitudeIsAboveTheSeaOrBelowIt() {
    assertThat(altitude(place("N", "E").gps(ALTITUDE, RATIONAL, 25, 2))).contains(12.5);
    assertThat(altitude(place("N", "E").gps(ALTITUDE, RATIONAL, 25, 2).gps(ALTITUDE_REF, BYTE, 0)))
        .contains(12.5);
    assertThat(altitude(place("N", "E").gps(ALTITUDE, RATIONAL, 25, 2).gps(ALTITUDE_REF, BYTE, 1)))
        .contains(-12.5);
  }

  @Test
  void anAltitudeThatIsNoneLeavesThePlace() {
    assertThat(read(place("N", "E").gps(ALTITUDE, RATIONAL, 1, 0))).contains(at(48.51, 2.295));
    assertThat(altitude(place("N", "E").gps(ALTITUDE, RATIONAL, 1_000_000, 1))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"WGS-84", "WGS84", "WGS 84   ", "wgs-84", "", "JGD2011"})
  void whatIsWithinMetresOfWgs84IsTaken(String datum) {
    assertThat(read(place("N", "E").gps(DATUM, ASCII, datum))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TOKYO", "GCJ-02", "ED50"})
  void whatIsNotIsDropped(String datum) {
    assertThat(read(place("N", "E").gps(DATUM, ASCII, datum))).isEmpty();
  }

  @Test
  void theDatumIsKeptAsItIsNamed() {
    assertThat(read(place("N", "E").gps(DATUM, ASCII, "WGS-84")).orElseThrow().datum())
        .contains("WGS-84");
    assertThat(read(place("N", "E")).orElseThrow().datum()).isEmpty();
  }

  @Test
  void theDirectionSaysWhichNorthItIsFrom() {
    assertThat(direction(359, 2, "T")).contains(new Direction(179.5, false));
    assertThat(direction(90, 1, "M")).contains(new Direction(90, true));
    assertThat(direction(360, 1, "T")).contains(new Direction(0, false));
  }

  @Test
  void aDirectionWithoutANorthOrOffTheCompassIsNone() {
    assertThat(direction(90, 1, "")).isEmpty();
    assertThat(direction(90, 1, "X")).isEmpty();
    assertThat(direction(361, 1, "T")).isEmpty();
    assertThat(direction(1, 0, "T")).isEmpty();
  }

  private static Optional<Direction> direction(int numerator, int denominator, String reference) {
    return read(place("N", "E")
            .gps(DIRECTION, RATIONAL, numerator, denominator)
            .gps(DIRECTION_REF, ASCII, reference))
        .orElseThrow()
        .direction();
  }

  private static Gps at(double latitude, double longitude) {
    return new Gps(latitude, longitude, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** 48° 30' 36", 2° 17' 42". */
  private static TiffBytes place(String ns, String ew) {
    return new TiffBytes()
        .gps(LATITUDE_REF, ASCII, ns)
        .gps(LATITUDE, RATIONAL, 48, 1, 30, 1, 36, 1)
        .gps(LONGITUDE_REF, ASCII, ew)
        .gps(LONGITUDE, RATIONAL, 2, 1, 17, 1, 42, 1);
  }

  private static Optional<Gps> read(TiffBytes exif) {
    return Extraction.of(exif.inJpeg()).metadata().gps();
  }

  private static Optional<Double> altitude(TiffBytes exif) {
    return read(exif).orElseThrow().altitudeMeters();
  }
}
