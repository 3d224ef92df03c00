package dev.in.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The report that a run leaves, looked at in a browser: edge/test-e2e/report.test.ts. */
@ExtendWith(SharedStack.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ReportIT {
  @TempDir private Path folder;

  @Test
  void theReportOfARunCanBeReadByEveryone(RunningStack stack) throws Exception {
    Path image = TestImages.write(folder.resolve("<img onerror=alert(1)>.jpg"), 400, 300);
    Path turned = Files.copy(InCommand.root().resolve("samples/harbour.jpg"), folder.resolve("b"));
    Path none = Files.writeString(folder.resolve("fails.png"), "no image");

    try (InCommand submit = stack.submit(image, turned, none, folder.resolve("missing.jpg"))) {
      assertThat(submit.awaitExit(Duration.ofMinutes(2))).isEqualTo(1);
      String line = submit.awaitError(text -> text.startsWith("in: report in "));
      Path report = Path.of(line.substring("in: report in ".length()));
      assertThat(Files.readString(report))
          .contains("\\u003cimg onerror=alert(1)>.jpg\"")
          .doesNotContain("<img onerror");
      BrowserTests.run("report", Map.of("IN_REPORT", report.toString()));
    }
  }
}
