package dev.in.bench;

import dev.in.formats.ImageFormat;
import dev.in.formats.ImageHeaders;
import dev.in.formats.bytes.ImageBytes;
import dev.in.formats.header.ImageHeader;
import dev.in.formats.header.UnreadableHeaderException;
import dev.in.metadata.tag.ImageTags;
import dev.in.result.Metadata;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads an image's format, header and metadata as the functions do, without anything around it. */
final class MetadataReader {
  private MetadataReader() {}

  /**
   * An image as it was read.
   *
   * @param width as stored, in pixels
   * @param height as stored, in pixels
   */
  record Reading(int width, int height, Metadata metadata) {}

  /** Returns nothing for what is not an image in a supported format. */
  static Optional<Reading> read(Path path) throws IOException {
    Optional<ImageFormat> format = sniff(path);
    if (format.isEmpty()) {
      return Optional.empty();
    }
    try (ImageBytes file = ImageBytes.open(path)) {
      ImageHeader header = ImageHeaders.read(file, format.get());
      Metadata metadata = ImageTags.read(file, format.get(), header);
      return Optional.of(new Reading(header.width(), header.height(), metadata));
    } catch (UnreadableHeaderException e) {
      return Optional.empty();
    }
  }

  private static Optional<ImageFormat> sniff(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return ImageFormat.sniff(in.readNBytes(ImageFormat.SNIFF_BYTES));
    }
  }
}
