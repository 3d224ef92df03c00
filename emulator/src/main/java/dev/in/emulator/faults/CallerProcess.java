package dev.in.emulator.faults;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the process on this machine that holds the other end of a connection (Linux, /proc). */
final class CallerProcess {
  private static final Path PROC = Path.of("/proc");
  private static final List<String> TABLES = List.of("net/tcp", "net/tcp6");

  // Columns of /proc/net/tcp, see proc_pid_net(5).
  private static final int LOCAL_ADDRESS = 1;
  private static final int REMOTE_ADDRESS = 2;
  private static final int INODE = 9;

  private CallerProcess() {}

  /**
   * The process that connected from one local port to another.
   *
   * @param callerPort the caller's own
   * @param serverPort the one that it connected to
   */
  static Optional<ProcessHandle> find(int callerPort, int serverPort) throws IOException {
    Optional<String> inode = inode(callerPort, serverPort);
    return inode.isEmpty() ? Optional.empty() : owner("socket:[" + inode.get() + "]");
  }

  private static Optional<String> inode(int callerPort, int serverPort) throws IOException {
    for (String table : TABLES) {
      Path file = PROC.resolve(table);
      if (Files.exists(file)) {
        try (Stream<String> lines = Files.lines(file)) {
          Optional<String> found =
              lines
                  .skip(1)
                  .map(line -> line.strip().split("\\s+"))
                  .filter(columns -> port(columns[LOCAL_ADDRESS]) == callerPort)
                  .filter(columns -> port(columns[REMOTE_ADDRESS]) == serverPort)
                  .map(columns -> columns[INODE])
                  .findFirst();
          if (found.isPresent()) {
            return found;
          }
        }
      }
    }
    return Optional.empty();
  }

  private static int port(String address) {
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1), 16);
  }

  private static Optional<ProcessHandle> owner(String socket) throws IOException {
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        if (holds(process.resolve("fd"), socket)) {
          return ProcessHandle.of(Long.parseLong(process.getFileName().toString()));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean holds(Path descriptors, String socket) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(descriptors)) {
      for (Path file : files) {
        if (Files.readSymbolicLink(file).toString().equals(socket)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      // Another user's process, or one that has ended in the meantime.
      return false;
    }
  }
}
