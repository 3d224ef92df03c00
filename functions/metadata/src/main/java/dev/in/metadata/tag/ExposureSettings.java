package dev.in.metadata.tag;

import com.drew.metadata.exif.ExifDirectoryBase;
import dev.in.result.Exposure;
import java.util.Optional;

/** How the image was taken, without values that no camera can mean. */
final class ExposureSettings {
  private static final double LONGEST_SECONDS = 7 * 86_400;
  private static final double LARGEST_F_NUMBER = 1_000;
  private static final double HIGHEST_ISO = 100_000_000;
  private static final double LONGEST_FOCAL_LENGTH_MM = 100_000;

  private ExposureSettings() {}

  static Optional<Exposure> of(ExifTags exif) {
    Exposure exposure =
        new Exposure(
            positive(exif, ExifDirectoryBase.TAG_EXPOSURE_TIME, LONGEST_SECONDS),
            positive(exif, ExifDirectoryBase.TAG_FNUMBER, LARGEST_F_NUMBER),
            positive(exif, ExifDirectoryBase.TAG_ISO_EQUIVALENT, HIGHEST_ISO)
                .filter(iso -> iso >= 1)
                .map(Double::intValue),
            positive(exif, ExifDirectoryBase.TAG_FOCAL_LENGTH, LONGEST_FOCAL_LENGTH_MM));
    boolean saysNothing =
        exposure.timeSeconds().isEmpty()
            && exposure.fNumber().isEmpty()
            && exposure.iso().isEmpty()
            && exposure.focalLengthMm().isEmpty();
    return saysNothing ? Optional.empty() : Optional.of(exposure);
  }

  private static Optional<Double> positive(ExifTags exif, int tag, double most) {
    return exif.number(tag).filter(value -> value > 0 && value <= most);
  }
}
