package dev.in.runner.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.in.runner.process.StackFailure;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SystemProgramsTest {
  private final Programs programs = new SystemPrograms();

  @TempDir private Path folder;

  @Test
  void whatAProgramPrintsAndHowItEndsIsKnown() throws Exception {
    assertThat(programs.run(folder, List.of("sh", "-c", "pwd; exit 3")))
        .isEqualTo(new Programs.Output(3, folder.toRealPath().toString()));
    assertThat(programs.show(folder, List.of("sh", "-c", "exit 3"))).isEqualTo(3);
  }

  @Test
  @Timeout(30)
  void nobodyWaitsForWhatPeopleWouldType() throws Exception {
    assertThat(programs.show(folder, List.of("sh", "-c", "cat; exit 4"))).isEqualTo(4);
  }

  @Test
  void aProgramThatIsNotHereIsNamed() {
    assertThatThrownBy(() -> programs.run(folder, List.of("in-no-such-program")))
        .isInstanceOf(StackFailure.class)
        .hasMessageStartingWith("in-no-such-program cannot be run: ");
  }
}
