package dev.in.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of a folder, as they are measured. */
final class ImageFiles {
  private ImageFiles() {}

  /** Returns all files below a folder, in a fixed order. */
  static List<Path> in(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> all = files.filter(Files::isRegularFile).sorted().toList();
      if (all.isEmpty()) {
        throw new IllegalArgumentException(folder + " has no files");
      }
      return all;
    }
  }
}
