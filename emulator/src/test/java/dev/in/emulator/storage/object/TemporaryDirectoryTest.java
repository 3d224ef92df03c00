package dev.in.emulator.storage.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories that do not outlive their process for long. */
class TemporaryDirectoryTest {
  /** Above every process id of Linux and macOS. */
  private static final long NOBODY = 4_194_305;

  @TempDir Path parent;

  @Test
  void closingDeletesAllThatIsInIt() throws IOException {
    TemporaryDirectory directory = TemporaryDirectory.in(parent);
    Files.writeString(Files.createDirectories(directory.path().resolve("a/b")).resolve("c"), "x");

    directory.close();

    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void whatAKilledProcessLeftIsSweptAway() throws IOException {
    Path dead = Files.createDirectories(parent.resolve("in-storage-" + NOBODY + "-1/storage"));
    Path foreign = Files.createDirectories(parent.resolve("in-other-" + NOBODY + "-1"));
    TemporaryDirectory living = TemporaryDirectory.in(parent);

    TemporaryDirectory next = TemporaryDirectory.in(parent);

    assertThat(dead.getParent()).doesNotExist();
    assertThat(foreign).exists();
    assertThat(living.path()).exists();
    assertThat(next.path()).exists().isNotEqualTo(living.path());
  }

  @Test
  void aLinkOfSuchANameAndWhatItLeadsToAreLeftAlone(@TempDir Path elsewhere) throws IOException {
    Path file = Files.writeString(elsewhere.resolve("file"), "x");
    Path link = Files.createSymbolicLink(parent.resolve("in-storage-" + NOBODY + "-2"), elsewhere);

    TemporaryDirectory.in(parent);

    assertThat(link).isSymbolicLink();
    assertThat(file).exists();
  }

  /** Needs an owner other than oneself, whom root alone can name. */
  @Test
  void whatIsSomebodyElsesIsLeftAlone() throws IOException {
    Path foreign = Files.createDirectory(parent.resolve("in-storage-" + NOBODY + "-3"));
    assumeTrue("root".equals(Files.getOwner(foreign).getName()), "not run by root");
    Files.setOwner(
        foreign,
        foreign.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));

    TemporaryDirectory.in(parent);

    assertThat(foreign).exists();
  }
}
