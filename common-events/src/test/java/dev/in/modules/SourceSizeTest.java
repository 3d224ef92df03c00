package dev.in.modules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A class does one thing and fits on a few screens. */
class SourceSizeTest {
  private static final int MAX_LINES = 300;
  private static final Set<String> NOT_OURS =
      Set.of("node_modules", "target", "dist", "generated", "test", "test-e2e", ".git");

  @Test
  void noSourceFileIsTooLong() throws IOException {
    List<Path> sources = sources();
    assertThat(sources)
        .contains(
            Path.of("common-events/src/main/java/dev/in/limits/Limits.java"),
            Path.of("edge/src/index.ts"),
            Path.of("edge/page/app.ts"));
    assertThat(sources)
        .filteredOn(source -> lines(source) > MAX_LINES)
        .as("files of more than %d lines", MAX_LINES)
        .isEmpty();
  }

  /**
   * All Java and TypeScript beside tests and what is generated, relative to the project's folder.
   */
  private static List<Path> sources() throws IOException {
    Path root = Modules.root();
    List<Path> sources = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return NOT_OURS.contains(folder.getFileName().toString()) && !folder.equals(root)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().matches(".*\\.(java|ts)")) {
              sources.add(root.relativize(file));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return sources;
  }

  private static long lines(Path source) {
    try {
      return Files.readString(Modules.root().resolve(source)).lines().count();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
