package dev.in.metadata.tag;

import com.drew.imaging.tiff.TiffProcessingException;
import com.drew.imaging.tiff.TiffReader;
import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import com.drew.metadata.exif.GpsDirectory;
import dev.in.formats.bytes.ImageBytes;
import dev.in.formats.bytes.Slice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** EXIF's tags (CIPA DC-008) as the library reads them, and its values one by one. */
public final class ExifTags {
  public static final ExifTags NONE = new ExifTags(new Metadata(), Map.of());

  private final Metadata metadata;
  private final Map<Integer, Slice> blocks;

  private ExifTags(Metadata metadata, Map<Integer, Slice> blocks) {
    this.metadata = metadata;
    this.blocks = blocks;
  }

  /** What can be read of a TIFF structure; where it breaks off, what stood before. */
  public static ExifTags read(ImageBytes file, Slice tiff) {
    Metadata metadata = new Metadata();
    ExifHandler handler = new ExifHandler(metadata, tiff);
    ExifTags tags = new ExifTags(metadata, handler.blocks());
    try {
      new TiffReader().processTiff(new MeteredReader(file, tiff), handler, 0);
    } catch (UncheckedIOException e) {
      throw e;
    } catch (TiffProcessingException | IOException | RuntimeException e) {
      // The library stops here.
      return tags;
    }
    return tags;
  }

  /** Where a TIFF file keeps its XMP packet. */
  public Optional<Slice> xmp() {
    return block(ExifDirectoryBase.TAG_APPLICATION_NOTES);
  }

  /** IPTC-IIM datasets of a TIFF file. */
  public Optional<Slice> iptc() {
    return block(ExifDirectoryBase.TAG_IPTC_NAA);
  }

  /** Photoshop's resources in a TIFF file. */
  public Optional<Slice> photoshop() {
    return block(ExifDirectoryBase.TAG_PHOTOSHOP_SETTINGS);
  }

  /** An ICC profile in a TIFF file. */
  public Optional<Slice> icc() {
    return block(ExifDirectoryBase.TAG_INTER_COLOR_PROFILE);
  }

  private Optional<Slice> block(int tag) {
    return Optional.ofNullable(blocks.get(tag));
  }

  /** A tag of the main directory. */
  Optional<String> mainText(int tag) {
    return text(ExifIFD0Directory.class, tag);
  }

  Optional<Double> mainNumber(int tag) {
    return numbers(ExifIFD0Directory.class, tag).flatMap(ExifTags::first);
  }

  /** One of Windows' own tags: bytes that are UTF-16. */
  Optional<String> mainWindowsText(int tag) {
    return directory(ExifIFD0Directory.class)
        .map(directory -> directory.getByteArray(tag))
        .map(bytes -> new String(bytes, StandardCharsets.UTF_16LE));
  }

  /** A tag of the Exif directory. */
  Optional<String> text(int tag) {
    return text(ExifSubIFDDirectory.class, tag);
  }

  Optional<Double> number(int tag) {
    return numbers(ExifSubIFDDirectory.class, tag).flatMap(ExifTags::first);
  }

  Optional<String> gpsText(int tag) {
    return text(GpsDirectory.class, tag);
  }

  /** NaN where a ratio has no denominator. */
  Optional<double[]> gpsNumbers(int tag) {
    return numbers(GpsDirectory.class, tag);
  }

  private Optional<String> text(Class<? extends Directory> type, int tag) {
    return directory(type).map(directory -> directory.getString(tag)).flatMap(Texts::clean);
  }

  private Optional<double[]> numbers(Class<? extends Directory> type, int tag) {
    return directory(type).map(directory -> directory.getObject(tag)).flatMap(Numbers::of);
  }

  private Optional<? extends Directory> directory(Class<? extends Directory> type) {
    return Optional.ofNullable(metadata.getFirstDirectoryOfType(type));
  }

  private static Optional<Double> first(double[] numbers) {
    return numbers.length > 0 && Double.isFinite(numbers[0])
        ? Optional.of(numbers[0])
        : Optional.empty();
  }
}
