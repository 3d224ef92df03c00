package dev.in.runner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Finds running processes by their environment or command line (Linux, /proc). */
public final class Processes {
  private Processes() {}

  /** Processes whose environment or command line has the word, as {@code pid command}. */
  public static List<String> with(String word) throws IOException {
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : all) {
        String command = read(process.resolve("cmdline"));
        // A zombie has neither; it is gone but for its exit code.
        if (read(process.resolve("environ")).contains(word) || command.contains(word)) {
          found.add(process.getFileName() + " " + command);
        }
      }
    }
    return found;
  }

  /** Waits until nothing runs that has the word; returns what still does after that time. */
  public static List<String> leftAfter(Duration time, String word)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + time.toNanos();
    List<String> left = with(word);
    while (!left.isEmpty() && System.nanoTime() < deadline) {
      Thread.sleep(50);
      left = with(word);
    }
    return left;
  }

  /** A process' command and arguments; empty when it has ended. */
  public static String commandLine(long pid) {
    return read(Path.of("/proc", Long.toString(pid), "cmdline"));
  }

  public static void kill9(long pid) throws IOException, InterruptedException {
    int status = new ProcessBuilder("kill", "-9", Long.toString(pid)).start().waitFor();
    if (status != 0) {
      throw new IOException("there is no process " + pid);
    }
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replace('\0', ' ');
    } catch (IOException e) {
      // It has ended meanwhile, or is somebody else's.
      return "";
    }
  }
}
