package dev.in.runner;

import static dev.in.runner.ForeignHost.OK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The web page in a real browser with the whole chain behind it: the edge's own tests of that. */
@ExtendWith(WithUpStack.class)
class PageIT {
  private static final Path EDGE = InCommand.root().resolve("edge");

  @TempDir private Path folder;

  @Test
  @Timeout(value = 8, unit = TimeUnit.MINUTES)
  void picturesComeByFileByDropAndByAddressAndAreShownWithWhatWasFound(UpStack stack)
      throws Exception {
    assumeThat(EDGE.resolve("node_modules/playwright-core"))
        .as("the edge's packages for development, which `./in test` gets")
        .exists();
    byte[] picture = Files.readAllBytes(TestPictures.write(folder.resolve("a.png"), 320, 200));
    stack.foreignHost().on("/a.png", OK + "\nContent-Length: " + picture.length, picture);

    Process tests = start(stack);

    String output = new String(tests.getInputStream().readAllBytes());
    assertThat(tests.waitFor()).as(output).isZero();
    // Where there is no Chromium they say so, and that is the one reason to leave any out.
    assumeThat(output).doesNotContain("no Chromium here");
    assertThat(output.lines()).contains("ℹ skipped 0");
  }

  private static Process start(UpStack stack) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(List.of("node", "build/test.js", "--e2e"))
            .directory(EDGE.toFile())
            .redirectErrorStream(true);
    builder.environment().put("IN_EDGE_URL", stack.edge().toString());
    builder.environment().put("IN_PICTURE_URL", stack.foreignHost().url("/a.png"));
    return builder.start();
  }
}
