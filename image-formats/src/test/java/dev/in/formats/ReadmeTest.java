package dev.in.formats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.in.formats.header.ImageHeader;
import dev.in.formats.header.Orientation;
import dev.in.formats.header.UnreadableHeaderException;
import dev.in.formats.testing.TestImages;
import dev.in.formats.testing.UnusualFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What README.md says about unusual files is what becomes of them. */
class ReadmeTest {
  @Test
  void theVerdictsAreThoseOfTheTable() throws IOException {
    Map<String, String> verdicts = new LinkedHashMap<>();
    UnusualFiles.all().forEach((name, file) -> verdicts.put(name, verdict(file)));

    assertThat(table()).containsExactlyEntriesOf(verdicts);
  }

  /** The first two columns of the table of verdicts. */
  private static Map<String, String> table() throws IOException {
    Map<String, String> rows = new LinkedHashMap<>();
    Files.readAllLines(Path.of("README.md")).stream()
        .dropWhile(line -> !line.startsWith("| file |"))
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> line.split("\\|"))
        .forEach(cells -> rows.put(cells[1].strip(), cells[2].strip()));
    return rows;
  }

  private static String verdict(byte[] file) {
    Optional<ImageFormat> format = ImageFormat.sniff(file);
    if (format.isEmpty()) {
      return "unsupported";
    }
    try {
      ImageHeader header = TestImages.header(file, format.get());
      String turned =
          header.orientation() == Orientation.NORMAL
              ? ""
              : ", orientation " + header.orientation().exif();
      assertThat(header.truncated()).isFalse();
      return "%s, %d x %d%s".formatted(format.get(), header.width(), header.height(), turned);
    } catch (UnreadableHeaderException e) {
      return "corrupt: " + e.getMessage();
    }
  }
}
