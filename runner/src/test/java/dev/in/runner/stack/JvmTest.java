package dev.in.runner.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What {@code IN_JVM=production} means. */
class JvmTest {
  @Test
  void productionsFlagsAreThoseOfTheImages() throws Exception {
    Path image = Path.of("../functions/container/jvm.options");

    assertThat(Files.readAllLines(image)).containsAll(Jvm.PRODUCTION_FLAGS);
    assertThat(Files.readAllLines(image))
        .filteredOn(line -> line.matches("-XX:(Tier|Compile).*"))
        .hasSize(5)
        .isSubsetOf(Jvm.PRODUCTION_FLAGS);
  }
}
