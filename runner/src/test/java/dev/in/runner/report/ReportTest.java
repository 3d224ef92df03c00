package dev.in.runner.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final Original NONE = Optional::empty;

  private static final String RESULT =
      """
      {"contentType":"image/jpeg","width":200,"height":100,"sizeBytes":12345,
       "sha256":"0123456789abcdef","durationMs":3500,
       "metadata":{"orientation":1,"capturedAt":"2024-05-06T07:08:09+02:00","cameraMake":"Lumen",
         "cameraModel":"One","exposure":{"timeSeconds":0.004,"fNumber":2.8,"iso":200,
         "focalLengthMm":35.5},"gps":{"latitude":53.5461,"longitude":-9.9668,"altitudeMeters":7.4},
         "keywords":["sea","<b>bold</b>"]},
       "analysis":{"provider":"local","features":["text","colors","labels"],
         "text":{"full":"Fish & chips\\n<script>alert(1)</script>","lines":[
           {"text":"Fish & chips","confidence":0.99,
            "box":{"x":20,"y":10,"width":100,"height":20}}]},
         "colors":[{"rgb":"#1e90ff","score":0.5,"pixelFraction":0.42},
           {"rgb":"red\\" onload=\\"x","score":0.5,"pixelFraction":0.1}],
         "unavailable":["labels"]}}
      """;

  @TempDir private Path folder;

  @Test
  void aCompletedPictureTellsWhatWasFoundAndHowLongEachStepTook() throws IOException {
    String report = write(Entries.completed("a.jpg", RESULT, NONE));

    assertThat(texts(report))
        .containsSubsequence(
            "1 picture",
            "1 completed, in 3.5 s. 4 May 2026, 06:00 Z.",
            "Completed in 3.5 s",
            "Submitted",
            "Downloaded",
            "1.0 s",
            "Metadata read",
            "250 ms",
            "Analysed",
            "2.3 s",
            "Completed",
            "Fish & chips\n<script>alert(1)</script>",
            "#1e90ff",
            "42 %",
            "Not available here",
            "labels: there is no engine for this where the picture was analysed."
                + " Nothing failed for it.");
    assertThat(facts(report))
        .containsExactly(
            "Kind: JPEG",
            "Size: 12 kB",
            "Pixels: 200 × 100",
            "Taken: 6 May 2024, 07:08 (UTC+02:00)",
            "Camera: Lumen One",
            "Exposure: 1/250 s · f/2.8 · ISO 200 · 35.5 mm",
            "Place: 53.5461° N, 9.9668° W, 7 m",
            "Keywords: sea, <b>bold</b>",
            "SHA-256: 0123456789abcdef",
            "Analysed by: local",
            "Task: task-0123456789abcdef");
  }

  @Test
  void aWayIsDrawnOnTheTimeOfTheWholeRun() throws IOException {
    String report =
        write(
            Entries.completed("a.jpg", RESULT, NONE),
            Entries.failed("b.jpg", "corrupt_image", "It is broken.", NONE));

    assertThat(report)
        .contains(
            "<rect class=\"bar download\" x=\"0.0\" width=\"285.7\" height=\"1\"/>"
                + "<rect class=\"bar metadata\" x=\"285.7\" width=\"71.4\" height=\"1\"/>"
                + "<rect class=\"bar ai\" x=\"357.1\" width=\"642.9\" height=\"1\"/>")
        .contains(
            "<rect class=\"bar download\" x=\"0.0\" width=\"285.7\" height=\"1\"/>"
                + "<rect class=\"bar failed\" x=\"285.7\" width=\"285.7\" height=\"1\"/>");
  }

  @Test
  void aFailureSaysWhatHappenedAndWhatToDo() throws IOException {
    String report = write(Entries.failed("b.jpg", "corrupt_image", "It is broken.", NONE));

    assertThat(texts(report))
        .containsSubsequence(
            "The file is damaged: the image in it cannot be read.",
            "Open it on your device, save it again, and submit the new file.",
            "corrupt_image",
            "in metadata. It is broken.");
    assertThat(texts(report))
        .contains("Reading failed", "1 failed, in 2.0 s. 4 May 2026, 06:00 Z.");
  }

  @Test
  void aCodeThatNobodyKnowsHasASentenceToo() throws IOException {
    assertThat(texts(write(Entries.failed("b.jpg", "odd_moon", "Hm.", NONE))))
        .contains("The image could not be processed.");
  }

  @Test
  void whatNeverBecameATaskHasNoWay() throws IOException {
    String report = write(Entries.notTaken("none.jpg"));

    assertThat(texts(report)).contains("Not taken", "There is no such file.");
    assertThat(report).doesNotContain("class=\"step\"").doesNotContain("class=\"way\"");
  }

  @Test
  void aNameIsTextWhateverItLooksLike() throws IOException {
    String name = "<img onerror=\"alert('x')\" src=`y`>&amp;.png";

    String report = write(Entries.completed(name, RESULT, NONE));

    assertThat(report).doesNotContain("<img").doesNotContain("<script").doesNotContain("<b>");
    assertThat(texts(report)).contains(name);
  }

  @Test
  void aColourThatIsNoneIsLeftOut() throws IOException {
    assertThat(write(Entries.completed("a.jpg", RESULT, NONE))).doesNotContain("onload");
  }

  @Test
  void nothingIsFetchedAndOnlyItsOwnStyleSheetCounts() throws Exception {
    String report = write(Entries.completed("a.jpg", RESULT, NONE));

    Matcher style = Pattern.compile("<style>(.*)</style>", Pattern.DOTALL).matcher(report);
    assertThat(style.find()).isTrue();
    String hash =
        Base64.getEncoder()
            .encodeToString(
                MessageDigest.getInstance("SHA-256")
                    .digest(style.group(1).getBytes(StandardCharsets.UTF_8)));
    assertThat(texts(report.replaceAll("content=\"(default-src[^\"]*)\"", ">$1<")))
        .contains(
            "default-src 'none'; img-src data:; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'"
                .formatted(hash));
    assertThat(report).doesNotContain("http:").doesNotContain("https:").doesNotContain("style=");
  }

  @Test
  void eachPictureIsReadOnceWhenItsTurnComes() throws IOException {
    int[] reads = new int[1];
    Original counted =
        () -> {
          reads[0]++;
          return Optional.empty();
        };

    write(Entries.completed("a.jpg", RESULT, counted));

    assertThat(reads[0]).isEqualTo(1);
  }

  @Test
  void aPictureThatCannotBeHadIsExcused() throws IOException {
    Original broken =
        () -> {
          throw new IOException("the answer was 503");
        };

    assertThat(texts(write(Entries.completed("a.jpg", RESULT, broken))))
        .contains("The picture could not be had: the answer was 503");
  }

  private String write(Entry... entries) throws IOException {
    Path file = folder.resolve("index.html");
    new Report()
        .write(
            file, List.of(entries), Entries.BEGIN.atZone(ZoneOffset.UTC).withHour(6).withMinute(0));
    return Files.readString(file);
  }

  /** What stands between the tags. */
  private static List<String> texts(String html) {
    return Pattern.compile(">([^<>]+)<")
        .matcher(html)
        .results()
        .map(match -> unescaped(match.group(1)).strip())
        .toList();
  }

  private static List<String> facts(String html) {
    return Pattern.compile("<dt>([^<]*)</dt><dd>(?:<code>)?([^<]*)(?:</code>)?</dd>")
        .matcher(html)
        .results()
        .map(match -> unescaped(match.group(1) + ": " + match.group(2)))
        .toList();
  }

  private static String unescaped(String text) {
    return text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x60;", "`")
        .replace("&#x3D;", "=")
        .replace("&amp;", "&");
  }
}
