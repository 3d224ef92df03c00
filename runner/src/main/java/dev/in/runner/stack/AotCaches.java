package dev.in.runner.stack;

import static java.util.Objects.requireNonNull;

import dev.in.runner.process.StackFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The AOT caches of our programs' starts, <a href="https://openjdk.org/jeps/514">JEP 514</a>, a
 * file for each program. One is good for exactly the jars, the JDK and the flags that it was
 * trained with, so these are in its name. Java checks them, too: a cache that it refuses costs a
 * warning in the program's log and nothing else.
 */
public final class AotCaches {
  private static final String SWITCH = "IN_AOT";
  private static final String SUFFIX = ".aot";
  private static final String DRAFT = ".draft";
  private static final int KEY_DIGITS = 16;

  private final Path folder;
  private final Mode mode;
  private final Map<String, Path> asked = new ConcurrentHashMap<>();

  private AotCaches(Path folder, Mode mode) {
    this.folder = requireNonNull(folder, "folder is null");
    this.mode = mode;
  }

  /** Caches that are used where they are there, unless {@code IN_AOT=off} says otherwise. */
  public static AotCaches used(Path folder) {
    return new AotCaches(folder, "off".equals(System.getenv(SWITCH)) ? Mode.OFF : Mode.USED);
  }

  /** Caches that are being made: programs are started without, and leave theirs when they end. */
  public static AotCaches trained(Path folder) {
    return new AotCaches(folder, Mode.MADE);
  }

  /**
   * The flag for one program's Java, if any.
   *
   * @param jars its class path
   * @param flags its other JVM flags
   */
  List<String> flags(String program, List<Path> jars, List<String> flags) throws StackFailure {
    try {
      Path cache = folder.resolve(program + "-" + key(jars, flags) + SUFFIX);
      asked.put(program, cache);
      return switch (mode) {
        case OFF -> List.of();
        case USED -> Files.exists(cache) ? List.of("-XX:AOTCache=" + cache) : List.of();
        case MADE -> {
          Files.createDirectories(folder);
          yield List.of("-XX:AOTCacheOutput=" + draft(cache));
        }
      };
    } catch (IOException e) {
      throw new StackFailure("what " + program + " is made of cannot be read: " + e, e);
    }
  }

  /** Whether a program was started without one that would have been used. */
  public boolean missed() {
    return mode == Mode.USED && asked.values().stream().anyMatch(cache -> !Files.exists(cache));
  }

  /**
   * Puts what the programs have left in its place, once all have ended, and removes what was there
   * for other jars.
   *
   * @return their sizes in bytes by program
   * @throws StackFailure if a program has left none
   */
  public Map<String, Long> keep() throws StackFailure {
    Map<String, Long> sizes = new TreeMap<>();
    try {
      for (Map.Entry<String, Path> program : asked.entrySet()) {
        Path cache = program.getValue();
        if (!Files.exists(draft(cache))) {
          throw new StackFailure(program.getKey() + " has left no cache when it ended");
        }
        Files.move(draft(cache), cache, StandardCopyOption.ATOMIC_MOVE);
        sizes.put(program.getKey(), Files.size(cache));
      }
      removeOthers();
    } catch (IOException e) {
      throw new StackFailure("the caches cannot be written to " + folder + ": " + e, e);
    }
    return sizes;
  }

  private void removeOthers() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (!asked.containsValue(file)) {
          Files.delete(file);
        }
      }
    }
  }

  private static Path draft(Path cache) {
    return cache.resolveSibling(cache.getFileName() + DRAFT);
  }

  /** Names, sizes and times of the jars are what Java itself compares. */
  private static String key(List<Path> jars, List<String> flags) throws IOException {
    MessageDigest digest = sha256();
    Path release = Path.of(System.getProperty("java.home"), "release");
    update(digest, Files.readString(release));
    flags.forEach(flag -> update(digest, flag));
    for (Path jar : jars) {
      update(
          digest,
          "%s %d %d".formatted(jar, Files.size(jar), Files.getLastModifiedTime(jar).toMillis()));
    }
    return HexFormat.of().formatHex(digest.digest()).substring(0, KEY_DIGITS);
  }

  private static void update(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private enum Mode {
    OFF,
    USED,
    MADE
  }
}
