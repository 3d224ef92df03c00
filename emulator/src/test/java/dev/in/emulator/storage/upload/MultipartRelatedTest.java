package dev.in.emulator.storage.upload;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.in.emulator.storage.object.StorageFailure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bodies of two parts. */
class MultipartRelatedTest {
  private static final String BOUNDARY = "__END_OF_PART__";

  private static byte[] body(byte[] content, String preamble, String lineEnd) throws IOException {
    String beforeContent =
        preamble
            + "--BOUNDARY\n"
            + "Content-Type: application/json\n\n{\"a\":1}\n"
            + "--BOUNDARY\ncontent-TYPE: image/png\n\n";
    var body = new ByteArrayOutputStream();
    body.write(lines(beforeContent, lineEnd));
    body.write(content);
    body.write(lines("\n--BOUNDARY--\n", lineEnd));
    return body.toByteArray();
  }

  private static byte[] lines(String text, String lineEnd) {
    return text.replace("BOUNDARY", BOUNDARY).replace("\n", lineEnd).getBytes(ISO_8859_1);
  }

  private static void assertReads(byte[] content, String preamble) throws IOException {
    assertReads(content, preamble, "\r\n");
    assertReads(content, preamble, "\n");
  }

  private static void assertReads(byte[] content, String preamble, String lineEnd)
      throws IOException {
    var multipart =
        new MultipartRelated(new ByteArrayInputStream(body(content, preamble, lineEnd)), BOUNDARY);
    multipart.begin();
    MultipartRelated.Part first = multipart.next();
    assertThat(first.headers()).containsEntry("content-type", "application/json");
    assertThat(first.content().readAllBytes()).isEqualTo("{\"a\":1}".getBytes(ISO_8859_1));
    MultipartRelated.Part second = multipart.next();
    assertThat(second.headers()).containsEntry("content-type", "image/png");
    assertThat(second.content().readAllBytes()).isEqualTo(content);
  }

  @Test
  void contentsOfAnySizeAreReadExactly() throws IOException {
    var random = new Random(7);
    for (int size :
        new int[] {0, 1, 16, 8_191, 8_192, 65_535, 65_536, 65_537, 65_554, 131_072, 200_001}) {
      byte[] content = new byte[size];
      random.nextBytes(content);
      assertReads(content, "");
    }
  }

  @Test
  void whatLooksLikeTheBoundaryIsContent() throws IOException {
    String almost = "\r\n--__END_OF_PART_\r\n--\r\r\n\n\r\n--__END";

    assertReads(almost.getBytes(ISO_8859_1), "");
    assertReads(almost.repeat(5_000).getBytes(ISO_8859_1), "");
  }

  @Test
  void aPreambleIsPassedOver() throws IOException {
    assertReads(new byte[] {1, 2, 3}, "ignored\nlines\n");
  }

  @Test
  void aBodyCutShortIsRefused() throws IOException {
    byte[] whole = body(new byte[100], "", "\r\n");
    for (int length : new int[] {0, 10, 60, whole.length - 30}) {
      assertThatThrownBy(
              () -> {
                var multipart =
                    new MultipartRelated(new ByteArrayInputStream(whole, 0, length), BOUNDARY);
                multipart.begin();
                multipart.next().content().readAllBytes();
                multipart.next().content().readAllBytes();
              })
          .as("cut at %d", length)
          .isInstanceOf(StorageFailure.class)
          .hasMessageContaining("Malformed");
    }
  }
}
