package dev.in.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where mail lands on one machine. */
class FileTransportTest {

  @Test
  void aMailIsAFileAsAServerWouldHaveGotIt(@TempDir Path folder) throws Exception {
    UUID eventId = UUID.fromString("c04b6f4d-b6c4-58b4-9f00-2776e374586c");
    Letter letter =
        new Letter(
            eventId,
            "owner@example.com",
            "A subject",
            "the text",
            "<p>the html</p>",
            Optional.of("https://u"));
    new FileTransport(folder.resolve("mail"), "in@example.com").send(letter, null);
    new FileTransport(folder.resolve("mail"), "in@example.com").send(letter, null);

    try (Stream<Path> files = Files.list(folder.resolve("mail"))) {
      List<Path> all = files.toList();
      assertThat(all)
          .extracting(Path::getFileName)
          .extracting(Path::toString)
          .containsExactly("c04b6f4d-b6c4-58b4-9f00-2776e374586c.eml");
      assertThat(Files.readString(all.getFirst()))
          .contains(
              "To: owner@example.com",
              "From: in@example.com",
              "Subject: A subject",
              "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
              "the text",
              "<p>the html</p>");
    }
  }
}
