package dev.in.runner;

import static dev.in.runner.ForeignHost.OK;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The web page in a real browser with the whole chain behind it: the edge's own tests of that. */
@ExtendWith(SharedStack.class)
class PageIT {
  @TempDir private Path folder;

  @Test
  @Timeout(value = 8, unit = TimeUnit.MINUTES)
  void imagesByFileDropAndAddressAreShownWithTheirFindings(RunningStack stack) throws Exception {
    byte[] image = Files.readAllBytes(TestImages.write(folder.resolve("a.png"), 320, 200));
    stack.foreignHost().on("/a.png", OK + "\nContent-Length: " + image.length, image);

    BrowserTests.run(
        "full-stack",
        Map.of(
            "IN_EDGE_URL",
            stack.edge().toString(),
            "IN_IMAGE_URL",
            stack.foreignHost().url("/a.png")));
  }
}
