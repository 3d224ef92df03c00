package dev.in.runner.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The data in the report; how they are shown is tested in edge/test/page-report.test.ts. */
class ReportTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Original NONE = Optional::empty;
  private static final Thumbnails NO_THUMBNAILS = Optional::empty;
  private static final String BEFORE = "<html><p>before</p>\n";
  private static final String AFTER = "\n<script>run()</script></html>";

  private static final String RESULT =
      """
      {"contentType":"image/jpeg","width":200,"height":100,
       "metadata":{"orientation":1,"keywords":["</script><script>alert(1)</script>","<!--"]}}
      """;

  @TempDir private Path folder;

  @Test
  void aCompletedImageHasItsResultItsHistoryAndItsThumbnail() throws Exception {
    byte[] bytes = "thumbnail".getBytes(StandardCharsets.US_ASCII);

    String report =
        write(
            () -> Optional.of(new Thumbnail.Available("image/jpeg", 6, bytes)),
            Entries.completed("a.jpg", RESULT, NONE));

    assertThat(images(report))
        .containsExactly(
            json(
                """
                {"input":"a.jpg","taskId":"task-0123456789abcdef","status":"completed",
                 "result":%s,
                 "history":[
                   {"status":"processing_in_gcp","stage":"download",
                    "createdAt":"2026-05-04T03:02:01Z","updatedAt":"2026-05-04T03:02:02Z"},
                   {"status":"processing_in_gcp","stage":"metadata",
                    "createdAt":"2026-05-04T03:02:01Z","updatedAt":"2026-05-04T03:02:02.250Z"},
                   {"status":"completed","stage":"ai",
                    "createdAt":"2026-05-04T03:02:01Z","updatedAt":"2026-05-04T03:02:04.500Z"}],
                 "thumbnail":{"contentType":"image/jpeg","orientation":6,"base64":"dGh1bWJuYWls"}}
                """
                    .formatted(RESULT)));
  }

  @Test
  void aFailedImageHasItsError() throws Exception {
    String report =
        write(
            NO_THUMBNAILS, Entries.failed("b.jpg", "corrupt_image", "It is <b>broken</b>.", NONE));

    String error =
        """
        {"code":"corrupt_image","message":"It is <b>broken</b>.","stage":"metadata"}\
        """;
    assertThat(images(report))
        .containsExactly(
            json(
                """
                {"input":"b.jpg","taskId":"task-0123456789abcdef","status":"failed","error":%s,
                 "history":[
                   {"status":"processing_in_gcp","stage":"download",
                    "createdAt":"2026-05-04T03:02:01Z","updatedAt":"2026-05-04T03:02:02Z"},
                   {"status":"failed","stage":"metadata",
                    "createdAt":"2026-05-04T03:02:01Z","updatedAt":"2026-05-04T03:02:03Z",
                    "error":%s}]}
                """
                    .formatted(error, error)));
  }

  @Test
  void whatNeverBecameATaskHasNoHistory() throws Exception {
    assertThat(images(write(NO_THUMBNAILS, Entries.notSubmitted("none.jpg"))))
        .containsExactly(
            json(
                """
                {"input":"none.jpg","status":"failed","history":[],
                 "error":{"code":"input_missing","message":"There is no such file."}}
                """));
  }

  @Test
  void aThumbnailThatTheBrowserTurnsHasNoOrientationAndOneThatIsMissingAReason() throws Exception {
    byte[] bytes = {1};

    assertThat(
            images(
                    write(
                        () -> Optional.of(new Thumbnail.Available("image/avif", 0, bytes)),
                        Entries.completed("a.avif", RESULT, NONE)))
                .getFirst()
                .path("thumbnail"))
        .isEqualTo(json("{\"contentType\":\"image/avif\",\"base64\":\"AQ==\"}"));
    assertThat(
            images(
                    write(
                        () -> Optional.of(new Thumbnail.Unavailable("No.")),
                        Entries.completed("a.heic", RESULT, NONE)))
                .getFirst()
                .path("thumbnail"))
        .isEqualTo(json("{\"unavailable\":\"No.\"}"));
  }

  @Test
  void noDataEndOrBeginAnElement() throws Exception {
    String report =
        write(
            NO_THUMBNAILS,
            Entries.completed("<img onerror=alert('x')>.png", RESULT, NONE),
            Entries.completed("</script><!--.png", RESULT, NONE));

    String data = report.substring(BEFORE.length(), report.length() - AFTER.length());
    assertThat(data.lines())
        .hasSize(3)
        .allSatisfy(
            line ->
                assertThat(line)
                    .matches(
                        "<script type=\"application/json\" [a-z-]+=\"[a-z-]+\">[^<]*</script>"));
    assertThat(images(report))
        .extracting(image -> image.path("input").asText())
        .containsExactly("<img onerror=alert('x')>.png", "</script><!--.png");
  }

  @Test
  void theDataStandBetweenTheTwoPartsOfTheTemplate() throws Exception {
    String report = write(NO_THUMBNAILS);

    assertThat(report)
        .isEqualTo(
            BEFORE
                + "<script type=\"application/json\" id=\"report-header\">"
                + "{\"createdAt\":\"2026-05-04T06:00:00Z\"}</script>\n"
                + AFTER);
  }

  @Test
  void aTemplateWithoutAPlaceForDataIsRefused() {
    assertThatThrownBy(
            () ->
                new Report("<html></html>", NO_THUMBNAILS)
                    .write(folder.resolve("index.html"), List.of(), Instant.EPOCH))
        .isInstanceOf(IOException.class)
        .hasMessage("the template has no place for data");
  }

  private String write(Thumbnails thumbnails, Entry... entries) throws Exception {
    Path file = folder.resolve("index.html");
    new Report(BEFORE + "<!--data-->" + AFTER, thumbnails)
        .write(file, List.of(entries), Instant.parse("2026-05-04T06:00:00Z"));
    return Files.readString(file);
  }

  private static List<JsonNode> images(String report) {
    return Pattern.compile(
            "<script type=\"application/json\" class=\"report-image\">(.*?)</script>")
        .matcher(report)
        .results()
        .map(match -> json(match.group(1)))
        .toList();
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new AssertionError(text, e);
    }
  }
}
