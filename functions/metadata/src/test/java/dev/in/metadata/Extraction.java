package dev.in.metadata;

import dev.in.core.stage.MetadataOutput;
import dev.in.formats.ImageFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Handles bytes as the stage handles a stored image. */
final class Extraction {
  private Extraction() {}

  static MetadataOutput of(byte[] file) {
    return of(file, ImageFormat.sniff(file).orElseThrow());
  }

  static MetadataOutput of(byte[] file, ImageFormat format) {
    try {
      Path path = Files.createTempFile("in-metadata-test", null);
      try {
        Files.write(path, file);
        return MetadataExtractor.extract(path, format);
      } finally {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
