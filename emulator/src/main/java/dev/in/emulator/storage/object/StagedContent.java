package dev.in.emulator.storage.object;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A complete content in a file that belongs to no object yet. Closing it deletes the file, unless
 * an object has taken it.
 *
 * @param file where it lies
 * @param size in bytes
 */
public record StagedContent(Path file, long size, Hashes hashes) implements AutoCloseable {
  private static final int BUFFER = 64 * 1024;

  /** Writes a stream to a new file; a failure leaves nothing behind. */
  public static StagedContent receive(InputStream content, Path file, SizeLimits limits)
      throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      var hashes = new Hashes.Running();
      byte[] buffer = new byte[BUFFER];
      long size = 0;
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        size += read;
        limits.checkSoFar(size);
        hashes.update(buffer, 0, read);
        out.write(buffer, 0, read);
      }
      limits.checkWhole(size);
      return new StagedContent(file, size, hashes.finish());
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  /** A file that is whole already. */
  public static StagedContent of(Path file) throws IOException {
    var hashes = new Hashes.Running();
    byte[] buffer = new byte[BUFFER];
    long size = 0;
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        hashes.update(buffer, 0, read);
        size += read;
      }
    }
    return new StagedContent(file, size, hashes.finish());
  }

  void moveTo(Path target) throws IOException {
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
