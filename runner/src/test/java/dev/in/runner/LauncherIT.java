package dev.in.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher where something is missing or wrong. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class LauncherIT {
  private static final Duration LONG = Duration.ofMinutes(2);

  /** Where commands are looked for that a test hides. */
  private static final List<String> COMMAND_FOLDERS = List.of(System.getenv("PATH").split(":"));

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"", "--help", "help"})
  void helpListsTheCommands(String argument) throws Exception {
    try (InCommand in = InCommand.start(folder, argument.split(" "))) {
      assertThat(in.awaitExit(LONG)).isZero();
      assertThat(in.out().getFirst()).isEqualTo("Usage: ./in COMMAND");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "--nonsense", "doctor --fix", "test me", "run --nonsense a"})
  void wrongUsageExitsWith2(String arguments) throws Exception {
    try (InCommand in = InCommand.start(folder, arguments.split(" "))) {
      assertThat(in.awaitExit(LONG)).isEqualTo(2);
    }
  }

  @Test
  void theDoctorFindsEverythingThatThisTestRunsOn() throws Exception {
    try (InCommand in = InCommand.start(folder, "doctor")) {
      assertThat(in.awaitExit(LONG)).isZero();
      assertThat(in.out()).filteredOn(line -> line.startsWith("ok")).hasSizeGreaterThanOrEqualTo(4);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"node", "mvn"})
  void aMissingToolIsReportedWithHowToGetIt(String hidden) throws Exception {
    Map<String, String> environment = Map.of("PATH", pathWithout(hidden));
    try (InCommand doctor = InCommand.start(folder, environment, "doctor");
        InCommand run = InCommand.start(folder, environment, "run", "a.jpg")) {
      assertThat(doctor.awaitExit(LONG)).isEqualTo(3);
      assertThat(doctor.out()).anyMatch(line -> line.matches("missing +\\w+.*apt-get install.*"));
      assertThat(run.awaitExit(LONG)).isEqualTo(3);
      assertThat(run.errors()).anyMatch(line -> line.startsWith("in: missing "));
    }
  }

  @Test
  void aMissingBrowserIsNotRequiredToRun() throws Exception {
    Map<String, String> environment =
        Map.of("PATH", pathWithout("chromium", "chromium-browser", "google-chrome"));
    try (InCommand doctor = InCommand.start(folder, environment, "doctor")) {
      assertThat(doctor.awaitExit(LONG)).isZero();
      assertThat(doctor.out())
          .anyMatch(line -> line.matches("missing +Chromium +.*apt-get install chromium"));
    }
  }

  @Test
  void aMissingJdkIsReportedWithHowToGetIt() throws Exception {
    Map<String, String> another = Map.of("IN_JDK_VERSION", "99");
    try (InCommand doctor = InCommand.start(folder, another, "doctor");
        InCommand run = InCommand.start(folder, another, "run", "a.jpg")) {
      assertThat(doctor.awaitExit(LONG)).isEqualTo(3);
      assertThat(doctor.out().getFirst()).startsWith("missing  JDK 99");
      assertThat(run.awaitExit(LONG)).isEqualTo(3);
      assertThat(run.errors().getFirst()).startsWith("in: missing JDK 99: apt-get install");
    }
  }

  /** A folder with links to all commands but these. */
  private String pathWithout(String... hidden) throws Exception {
    Path commands = Files.createDirectories(folder.resolve("without-" + hidden[0]));
    for (String source : COMMAND_FOLDERS) {
      if (Files.isDirectory(Path.of(source))) {
        link(Path.of(source), commands, Set.of(hidden));
      }
    }
    return commands.toString();
  }

  private static void link(Path source, Path target, Set<String> hidden) throws Exception {
    try (var files = Files.newDirectoryStream(source)) {
      for (Path file : files) {
        Path link = target.resolve(file.getFileName());
        if (!hidden.contains(file.getFileName().toString()) && Files.notExists(link)) {
          Files.createSymbolicLink(link, file);
        }
      }
    }
  }
}
