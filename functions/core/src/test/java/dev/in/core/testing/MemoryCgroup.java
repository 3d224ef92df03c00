package dev.in.core.testing;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A control group of Linux (version 1 or 2) with a limit on the memory of what is started in it, as
 * Cloud Run sets one: the files that it writes to a tmpfs count as well.
 */
public final class MemoryCgroup implements AutoCloseable {
  private static final Path VERSION_1 = Path.of("/sys/fs/cgroup/memory");
  private static final Path VERSION_2 = Path.of("/sys/fs/cgroup");

  private static final String PROCESSES = "cgroup.procs";
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Path folder;
  private final String peak;

  private MemoryCgroup(Path folder, String peak) {
    this.folder = requireNonNull(folder, "folder is null");
    this.peak = requireNonNull(peak, "peak is null");
  }

  /** Empty where none can be made: without the rights, or not on Linux. */
  public static Optional<MemoryCgroup> create(long limitBytes) {
    String name = "in-test-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
    return version1(VERSION_1.resolve(name), limitBytes)
        .or(() -> version2(VERSION_2.resolve(name), limitBytes));
  }

  private static Optional<MemoryCgroup> version1(Path folder, long limitBytes) {
    return create(folder, "memory.limit_in_bytes", limitBytes, "memory.max_usage_in_bytes");
  }

  private static Optional<MemoryCgroup> version2(Path folder, long limitBytes) {
    return create(folder, "memory.max", limitBytes, "memory.peak");
  }

  private static Optional<MemoryCgroup> create(
      Path folder, String limit, long limitBytes, String peak) {
    try {
      Files.createDirectory(folder);
    } catch (IOException e) {
      return Optional.empty();
    }
    try {
      if (Files.exists(folder.resolve(limit)) && Files.exists(folder.resolve(peak))) {
        Files.writeString(folder.resolve(limit), Long.toString(limitBytes));
        return Optional.of(new MemoryCgroup(folder, peak));
      }
      Files.delete(folder);
    } catch (IOException e) {
      folder.toFile().delete();
    }
    return Optional.empty();
  }

  /** The same command, in this group from its first moment. */
  List<String> command(List<String> command) {
    List<String> within = new ArrayList<>();
    within.addAll(List.of("/bin/sh", "-c", "echo $$ > \"$0\" && exec \"$@\""));
    within.add(folder.resolve(PROCESSES).toString());
    within.addAll(command);
    return within;
  }

  /** The most memory that was ever in use, in bytes. */
  public long peakBytes() {
    try {
      return Long.parseLong(Files.readString(folder.resolve(peak)).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes the group, once what was started in it has ended: its end may be a moment away. */
  @Override
  public void close() {
    try {
      long end = System.nanoTime() + TIMEOUT.toNanos();
      while (!Files.readString(folder.resolve(PROCESSES)).isEmpty() && System.nanoTime() < end) {
        LockSupport.parkNanos(PAUSE.toNanos());
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("the control group is still in use", e);
    }
  }
}
