package dev.in.runner.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * One run's own folder under the system's temporary one: logs, public keys, the edge's disk.
 * Removed at the end; what a killed run has left is removed by the next.
 */
final class RunDirectory implements AutoCloseable {
  private static final String PREFIX = "in-run-";
  private static final String LOCK = "lock";
  private static final Duration YOUNG = Duration.ofSeconds(30);

  private final Path path;
  private final FileChannel channel;

  private RunDirectory(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Makes a folder that its owner alone may look into.
   *
   * @param parent also of the folders of other runs
   */
  static RunDirectory create(Path parent) throws IOException {
    Path path = Files.createTempDirectory(parent, PREFIX);
    removeAbandoned(parent, Files.getOwner(path));
    FileChannel channel =
        FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    // Whoever lives holds the lock; it goes with the process, however that ends.
    channel.lock();
    return new RunDirectory(path, channel);
  }

  Path path() {
    return path;
  }

  Path folder(String name) throws IOException {
    return Files.createDirectories(path.resolve(name));
  }

  /** Removes the folder. May be called more than once. */
  @Override
  public void close() {
    if (!channel.isOpen()) {
      return;
    }
    try {
      remove(path);
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be removed", e);
    }
  }

  private static void removeAbandoned(Path parent, UserPrincipal owner) throws IOException {
    try (DirectoryStream<Path> runs = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path run : runs) {
        removeIfAbandoned(run, owner);
      }
    }
  }

  /** Where everybody may write, others may have put something of that name. */
  private static boolean isFolderOf(UserPrincipal owner, Path run) {
    try {
      return Files.isDirectory(run, LinkOption.NOFOLLOW_LINKS)
          && Files.getOwner(run, LinkOption.NOFOLLOW_LINKS).equals(owner);
    } catch (IOException e) {
      return false; // removed by another run at the same time
    }
  }

  private static void removeIfAbandoned(Path run, UserPrincipal owner) {
    if (!isFolderOf(owner, run)) {
      return;
    }
    Path lockFile = run.resolve(LOCK);
    // One without a lock, or with a young one, may be being made at this moment.
    if (!Files.isWritable(lockFile) || isYoung(lockFile)) {
      return;
    }
    try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock != null) {
        remove(run);
      }
    } catch (IOException e) {
      // Somebody else's, or removed by another run at the same time.
      return;
    }
  }

  private static boolean isYoung(Path file) {
    try {
      Instant madeAt = Files.getLastModifiedTime(file).toInstant();
      return madeAt.isAfter(Instant.now().minus(YOUNG));
    } catch (IOException e) {
      return true;
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
