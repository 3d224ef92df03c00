package dev.in.core.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Makes a test's temporary folder in memory, as {@code /tmp} is on Cloud Run, where Linux has a
 * place for that.
 */
public final class FolderInMemory implements TempDirFactory {
  private static final Path TMPFS = Path.of("/dev/shm");

  @Override
  public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context)
      throws IOException {
    return Files.isDirectory(TMPFS)
        ? Files.createTempDirectory(TMPFS, "in-test-")
        : Files.createTempDirectory("in-test-");
  }
}
