package dev.in.metadata;

import com.drew.lang.GeoLocation;
import com.drew.lang.Rational;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import com.drew.metadata.exif.GpsDirectory;
import com.drew.metadata.icc.IccDirectory;
import dev.in.core.image.ImageMetadata;
import dev.in.core.image.ImageMetadata.Exposure;
import dev.in.core.image.ImageMetadata.Gps;
import java.util.Optional;
import java.util.function.DoublePredicate;

/** The library's tags as {@link ImageMetadata}: cleaned, bounded, and without nonsense. */
final class TagMapping {
  private static final int MAX_TEXT = 200;

  private TagMapping() {}

  /**
   * @param otherwise the orientation where EXIF has none
   */
  static ImageMetadata map(Metadata metadata, int otherwise, boolean truncated) {
    return new ImageMetadata(
        number(metadata, ExifIFD0Directory.class, ExifDirectoryBase.TAG_ORIENTATION)
            .map(Double::intValue)
            .filter(value -> value >= 1 && value <= 8)
            .orElse(otherwise),
        profile(metadata),
        CaptureTime.of(metadata),
        text(metadata, ExifIFD0Directory.class, ExifDirectoryBase.TAG_MAKE),
        text(metadata, ExifIFD0Directory.class, ExifDirectoryBase.TAG_MODEL),
        text(metadata, ExifSubIFDDirectory.class, ExifDirectoryBase.TAG_LENS_MODEL),
        exposure(metadata),
        gps(metadata),
        Keywords.of(metadata),
        truncated);
  }

  /** The profile's own description, which the library decodes. */
  private static Optional<String> profile(Metadata metadata) {
    return metadata.getDirectoriesOfType(IccDirectory.class).stream()
        .map(directory -> directory.getDescription(IccDirectory.TAG_TAG_desc))
        .flatMap(value -> cleaned(value, MAX_TEXT).stream())
        .findFirst();
  }

  private static Optional<Exposure> exposure(Metadata metadata) {
    Exposure exposure =
        new Exposure(
            exif(metadata, ExifDirectoryBase.TAG_EXPOSURE_TIME, value -> value < 86_400),
            exif(metadata, ExifDirectoryBase.TAG_FNUMBER, value -> value < 1_000),
            exif(metadata, ExifDirectoryBase.TAG_ISO_EQUIVALENT, value -> value < 100_000_000)
                .map(Double::intValue),
            exif(metadata, ExifDirectoryBase.TAG_FOCAL_LENGTH, value -> value < 100_000));
    boolean says =
        exposure.timeSeconds().isPresent()
            || exposure.fNumber().isPresent()
            || exposure.iso().isPresent()
            || exposure.focalLengthMm().isPresent();
    return says ? Optional.of(exposure) : Optional.empty();
  }

  /** A positive number that can be meant. */
  private static Optional<Double> exif(Metadata metadata, int tag, DoublePredicate sane) {
    return number(metadata, ExifSubIFDDirectory.class, tag)
        .filter(value -> value > 0 && sane.test(value));
  }

  private static Optional<Gps> gps(Metadata metadata) {
    for (GpsDirectory directory : metadata.getDirectoriesOfType(GpsDirectory.class)) {
      // Null without references, and for what is beyond the poles.
      GeoLocation place = directory.getGeoLocation();
      if (place != null && isOnEarth(place)) {
        return Optional.of(
            new Gps(
                rounded(place.getLatitude()), rounded(place.getLongitude()), altitude(directory)));
      }
    }
    return Optional.empty();
  }

  /** Receivers without a fix write 0, 0, which is in the sea. */
  private static boolean isOnEarth(GeoLocation place) {
    return Math.abs(place.getLatitude()) <= 90
        && Math.abs(place.getLongitude()) <= 180
        && !place.isZero();
  }

  private static Optional<Double> altitude(GpsDirectory directory) {
    return number(directory, GpsDirectory.TAG_ALTITUDE)
        .filter(value -> value < 100_000)
        .map(value -> isBelowSea(directory) ? -value : value);
  }

  private static boolean isBelowSea(GpsDirectory directory) {
    return number(directory, GpsDirectory.TAG_ALTITUDE_REF).filter(ref -> ref == 1).isPresent();
  }

  /** Seven decimals are a centimetre. */
  private static double rounded(double degrees) {
    return Math.round(degrees * 1e7) / 1e7;
  }

  private static Optional<Double> number(
      Metadata metadata, Class<? extends Directory> type, int tag) {
    return metadata.getDirectoriesOfType(type).stream()
        .map(directory -> number(directory, tag))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<Double> number(Directory directory, int tag) {
    if (directory.getObject(tag) instanceof Rational ratio && ratio.getDenominator() == 0) {
      return Optional.empty();
    }
    return Optional.ofNullable(directory.getDoubleObject(tag)).filter(Double::isFinite);
  }

  static Optional<String> text(Metadata metadata, Class<? extends Directory> type, int tag) {
    return metadata.getDirectoriesOfType(type).stream()
        .map(directory -> directory.getString(tag))
        .flatMap(value -> cleaned(value, MAX_TEXT).stream())
        .findFirst();
  }

  /** Without control characters and the blanks around; empty where nothing is left. */
  static Optional<String> cleaned(String value, int maxLength) {
    if (value == null) {
      return Optional.empty();
    }
    String text = value.replaceAll("\\p{Cntrl}+", " ").strip();
    int end =
        text.offsetByCodePoints(0, Math.min(maxLength, text.codePointCount(0, text.length())));
    return text.isEmpty() ? Optional.empty() : Optional.of(text.substring(0, end));
  }
}
