package dev.in.runner.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.in.runner.process.StackFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the real Java, and a program as small as can be. */
class AotCachesTest {
  @TempDir private Path folder;
  private Path caches;
  private Path jar;

  @BeforeEach
  void packageProgram() throws IOException {
    caches = folder.resolve("aot");
    jar = folder.resolve("program.jar");
    String entry = Program.class.getName().replace('.', '/') + ".class";
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      out.putNextEntry(new ZipEntry(entry));
      out.write(Program.class.getClassLoader().getResourceAsStream(entry).readAllBytes());
    }
  }

  @Test
  void aTrainedCacheIsUsedByLaterStarts() throws Exception {
    AotCaches trained = AotCaches.trained(caches);
    assertThat(run(trained)).contains("done");
    assertThat(trained.keep()).containsOnlyKeys("program");

    AotCaches used = AotCaches.used(caches);
    // On, not auto: Java would refuse to start with a cache that it cannot use.
    assertThat(run(used, "-XX:AOTMode=on")).containsExactly("done");
    assertThat(flags(used)).hasSize(1);
    assertThat(used.missed()).isFalse();
  }

  @Test
  void aProgramWithoutACacheIsStartedWithoutOne() throws Exception {
    AotCaches used = AotCaches.used(caches);

    assertThat(flags(used)).isEmpty();
    assertThat(used.missed()).isTrue();
  }

  @Test
  void aCacheThatJavaRefusesCostsAWarning() throws Exception {
    Files.writeString(train(), "no cache");

    assertThat(run(AotCaches.used(caches))).contains("done").hasSizeGreaterThan(1);
  }

  @Test
  void anotherJarHasAnotherCacheAndTheOldOneIsRemoved() throws Exception {
    Path old = train();
    Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2026-01-02T03:04:05Z")));
    assertThat(flags(AotCaches.used(caches))).isEmpty();

    Path fresh = train();

    assertThat(fresh).isNotEqualTo(old);
    try (var left = Files.list(caches)) {
      assertThat(left).containsExactly(fresh);
    }
  }

  @Test
  void otherFlagsHaveAnotherCache() throws Exception {
    train();

    assertThat(AotCaches.used(caches).flags("program", List.of(jar), List.of("-Xint"))).isEmpty();
  }

  @Test
  void aProgramThatWritesNoCacheIsAFailure() throws Exception {
    AotCaches trained = AotCaches.trained(caches);
    flags(trained);

    assertThatThrownBy(trained::keep)
        .isInstanceOf(StackFailure.class)
        .hasMessage("program has left no cache when it ended");
  }

  /** Returns the cache's file. */
  private Path train() throws Exception {
    AotCaches trained = AotCaches.trained(caches);
    run(trained);
    trained.keep();
    try (var files = Files.list(caches)) {
      return files.toList().getFirst();
    }
  }

  private List<String> flags(AotCaches aotCaches) throws StackFailure {
    return aotCaches.flags("program", List.of(jar), List.of());
  }

  /** Returns the lines that it printed; in training Java talks, too. */
  private List<String> run(AotCaches aotCaches, String... more) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags(aotCaches));
    command.addAll(List.of(more));
    command.addAll(List.of("-cp", jar.toString(), Program.class.getName()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
    assertThat(process.waitFor()).isZero();
    return lines;
  }

  /** Says that it was here. */
  static final class Program {
    public static void main(String[] args) {
      System.out.println("done");
    }
  }
}
