package dev.in.runner.input;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The content type that a file's extension stands for. */
final class ImageFileType {
  private static final Map<String, String> BY_EXTENSION =
      Map.ofEntries(
          Map.entry("jpg", "image/jpeg"),
          Map.entry("jpeg", "image/jpeg"),
          Map.entry("png", "image/png"),
          Map.entry("gif", "image/gif"),
          Map.entry("webp", "image/webp"),
          Map.entry("tif", "image/tiff"),
          Map.entry("tiff", "image/tiff"),
          Map.entry("bmp", "image/bmp"),
          Map.entry("heic", "image/heic"),
          Map.entry("heif", "image/heic"),
          Map.entry("avif", "image/avif"));

  private ImageFileType() {}

  /** Empty for an extension that is not an image format's. */
  static Optional<String> of(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    String extension = dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    return Optional.ofNullable(BY_EXTENSION.get(extension));
  }
}
