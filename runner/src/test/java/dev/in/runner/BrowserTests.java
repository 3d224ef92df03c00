package dev.in.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The edge's own tests in a real browser, on what a test here has prepared. */
final class BrowserTests {
  private static final Path EDGE = InCommand.root().resolve("edge");

  private BrowserTests() {}

  /**
   * Runs those of {@code edge/test-e2e/NAME.test.ts}.
   *
   * @param environment what they look at
   */
  static void run(String name, Map<String, String> environment) throws Exception {
    assumeThat(EDGE.resolve("node_modules/playwright-core"))
        .as("the edge's packages for development, which `./in test` gets")
        .exists();
    ProcessBuilder builder =
        new ProcessBuilder(List.of("node", "build/test.js", "--e2e", name))
            .directory(EDGE.toFile())
            .redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process tests = builder.start();
    try {
      String output = new String(tests.getInputStream().readAllBytes());
      assertThat(tests.waitFor()).as(output).isZero();
      // Without Chromium they say so, which is the only reason to skip any.
      assumeThat(output).doesNotContain("no Chromium here");
      assertThat(output.lines()).contains("ℹ skipped 0");
    } finally {
      tests.descendants().forEach(ProcessHandle::destroy);
      tests.destroy();
    }
  }
}
