package dev.in.metadata.tag;

import com.drew.metadata.exif.GpsDirectory;
import dev.in.result.Direction;
import dev.in.result.Gps;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Where the image was taken, if EXIF says it fully: degrees without a hemisphere are none. */
final class GpsPlace {
  private static final double HIGHEST_METERS = 100_000;

  /** WGS 84, and what is within metres of it. */
  private static final Set<String> DATUMS =
      Set.of("WGS84", "WGS1984", "NAD83", "ETRS89", "JGD2000", "JGD2011");

  private GpsPlace() {}

  static Optional<Gps> of(ExifTags exif) {
    Optional<Double> latitude =
        degrees(exif, GpsDirectory.TAG_LATITUDE, GpsDirectory.TAG_LATITUDE_REF, "N", "S", 90);
    Optional<Double> longitude =
        degrees(exif, GpsDirectory.TAG_LONGITUDE, GpsDirectory.TAG_LONGITUDE_REF, "E", "W", 180);
    if (latitude.isEmpty() || longitude.isEmpty() || !isWgs84(exif)) {
      return Optional.empty();
    }
    // Receivers without a fix write 0, 0, which is in the sea.
    boolean noFix = latitude.get() == 0 && longitude.get() == 0;
    return noFix
        ? Optional.empty()
        : Optional.of(
            new Gps(
                latitude.get(),
                longitude.get(),
                altitude(exif),
                direction(exif),
                exif.gpsText(GpsDirectory.TAG_MAP_DATUM)));
  }

  private static Optional<Double> degrees(
      ExifTags exif, int tag, int refTag, String plus, String minus, double most) {
    String ref = exif.gpsText(refTag).orElse("").toUpperCase(Locale.ROOT);
    if (!ref.equals(plus) && !ref.equals(minus)) {
      return Optional.empty();
    }
    return exif.gpsNumbers(tag)
        .filter(parts -> parts.length == 3)
        .map(parts -> parts[0] + parts[1] / 60 + parts[2] / 3600)
        .filter(inRange(0, most))
        .map(GpsPlace::rounded)
        .map(value -> ref.equals(minus) && value != 0 ? -value : value);
  }

  private static Optional<Double> altitude(ExifTags exif) {
    boolean below =
        exif.gpsNumbers(GpsDirectory.TAG_ALTITUDE_REF)
            .filter(ref -> ref.length > 0 && ref[0] == 1)
            .isPresent();
    return exif.gpsNumbers(GpsDirectory.TAG_ALTITUDE)
        .filter(altitude -> altitude.length == 1)
        .map(altitude -> altitude[0])
        .filter(inRange(0, HIGHEST_METERS))
        .map(altitude -> below && altitude != 0 ? -altitude : altitude);
  }

  /** Degrees without a reference are none: the poles are up to 180 degrees apart. */
  private static Optional<Direction> direction(ExifTags exif) {
    String reference =
        exif.gpsText(GpsDirectory.TAG_IMG_DIRECTION_REF).orElse("").toUpperCase(Locale.ROOT);
    if (!reference.equals("T") && !reference.equals("M")) {
      return Optional.empty();
    }
    return exif.gpsNumbers(GpsDirectory.TAG_IMG_DIRECTION)
        .filter(degrees -> degrees.length == 1)
        .map(degrees -> degrees[0])
        .filter(inRange(0, 360))
        .map(degrees -> new Direction(degrees == 360 ? 0 : degrees, reference.equals("M")));
  }

  /** Most files name none, and mean it. */
  private static boolean isWgs84(ExifTags exif) {
    return exif.gpsText(GpsDirectory.TAG_MAP_DATUM)
        .map(datum -> datum.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", ""))
        .filter(datum -> !datum.isEmpty())
        .map(DATUMS::contains)
        .orElse(true);
  }

  /** Fails for NaN too. */
  private static Predicate<Double> inRange(double least, double most) {
    return value -> value >= least && value <= most;
  }

  /** Seven decimals are a centimetre. */
  private static double rounded(double degrees) {
    return Math.round(degrees * 1e7) / 1e7;
  }
}
