package dev.in.core.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The options that every function's JVM gets in its container: functions/container/jvm.options. */
public record ContainerJvmOptions(List<String> lines) {
  private static final String HEAP = "-XX:MaxRAMPercentage=";
  private static final String DIRECT = "-XX:MaxDirectMemorySize=";

  /** As a test of a function sees them, in the folder of its module. */
  public static ContainerJvmOptions read() {
    try {
      return new ContainerJvmOptions(
          Files.readAllLines(Path.of("..", "container", "jvm.options")).stream()
              .filter(line -> line.startsWith("-"))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The heap's part of an instance's memory, in percent. */
  public int heapPercent() {
    return Integer.parseInt(value(HEAP));
  }

  /** The most that buffers outside the heap may take, in MiB. */
  public int directMiB() {
    return Integer.parseInt(value(DIRECT).replaceFirst("m$", ""));
  }

  private String value(String option) {
    return lines.stream()
        .filter(line -> line.startsWith(option))
        .map(line -> line.substring(option.length()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no " + option));
  }
}
