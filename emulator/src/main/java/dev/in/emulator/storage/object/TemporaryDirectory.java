package dev.in.emulator.storage.object;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A directory that lives as long as this process. One whose process was killed is deleted by the
 * next process.
 */
public record TemporaryDirectory(Path path) implements AutoCloseable {
  private static final Pattern NAME = Pattern.compile("in-storage-(\\d+)-.*");

  /**
   * @param parent where to make it, such as the system's directory for temporary files
   */
  public static TemporaryDirectory in(Path parent) throws IOException {
    String prefix = "in-storage-" + ProcessHandle.current().pid() + "-";
    Path path = Files.createTempDirectory(parent, prefix);
    UserPrincipal owner = Files.getOwner(path);
    for (Path directory : list(parent)) {
      Matcher name = NAME.matcher(directory.getFileName().toString());
      if (name.matches()
          && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()
          && isFolderOf(owner, directory)) {
        deleteAll(directory);
      }
    }
    return new TemporaryDirectory(path);
  }

  /** Where everybody may write, others may have put something of that name. */
  private static boolean isFolderOf(UserPrincipal owner, Path directory) {
    try {
      return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
          && Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS).equals(owner);
    } catch (IOException e) {
      return false; // another process has deleted it
    }
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  private static void deleteAll(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        // Another process may be deleting it too.
        Files.deleteIfExists(file);
      }
    }
  }

  @Override
  public void close() throws IOException {
    deleteAll(path);
  }
}
