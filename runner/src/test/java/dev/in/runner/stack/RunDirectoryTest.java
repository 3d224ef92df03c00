package dev.in.runner.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
  @TempDir private Path parent;

  @Test
  void aRunsFolderIsItsOwnersAlone() throws Exception {
    try (RunDirectory run = RunDirectory.create(parent)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(run.path())))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void aRunsFolderIsRemovedWithAllThatIsInIt() throws Exception {
    RunDirectory run = RunDirectory.create(parent);
    Files.writeString(run.folder("logs").resolve("edge.log"), "line");

    run.close();
    run.close();

    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void filesOfAKilledRunAreRemovedByTheNext() throws Exception {
    Path abandoned = Files.createDirectory(parent.resolve("in-run-1"));
    Path lock = Files.createFile(abandoned.resolve("lock"));
    Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minus(Duration.ofHours(1))));

    try (RunDirectory run = RunDirectory.create(parent)) {
      assertThat(parent).isDirectoryContaining(run.path()::equals);
      assertThat(abandoned).doesNotExist();
    }
  }

  @Test
  void whatMayBeBeingMadeAtThisMomentIsLeftAlone() throws Exception {
    Path young = Files.createDirectory(parent.resolve("in-run-1"));
    Files.createFile(young.resolve("lock"));
    Path withoutLock = Files.createDirectory(parent.resolve("in-run-2"));

    RunDirectory.create(parent).close();

    assertThat(young).exists();
    assertThat(withoutLock).exists();
  }

  @Test
  void aLinkOfSuchANameAndWhatItLeadsToAreLeftAlone(@TempDir Path elsewhere) throws Exception {
    Path lock = Files.createFile(elsewhere.resolve("lock"));
    Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
    Path link = Files.createSymbolicLink(parent.resolve("in-run-3"), elsewhere);

    RunDirectory.create(parent).close();

    assertThat(link).isSymbolicLink();
    assertThat(lock).exists();
  }

  /** Needs an owner other than oneself, whom root alone can name. */
  @Test
  void whatIsSomebodyElsesIsLeftAlone() throws Exception {
    Path foreign = Files.createDirectory(parent.resolve("in-run-4"));
    assumeTrue("root".equals(Files.getOwner(foreign).getName()), "not run by root");
    Path lock = Files.createFile(foreign.resolve("lock"));
    Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
    Files.setOwner(
        foreign,
        foreign.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));

    RunDirectory.create(parent).close();

    assertThat(lock).exists();
  }
}
