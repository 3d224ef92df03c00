package dev.in.emulator.storage;

import static dev.in.emulator.storage.Http.header;
import static dev.in.emulator.storage.Http.text;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.in.emulator.Await;
import dev.in.emulator.LocalCloud;
import dev.in.emulator.LocalCloudOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The protocol of resumable uploads, request by request. */
class ResumableUploadTest {
  private static final int GRANULE = 256 * 1024;
  private static final byte[] CONTENT = new byte[3 * GRANULE + 100];

  @TempDir private static Path data;

  private static LocalCloud cloud;
  private static Http http;

  private String name;
  private String session;

  @BeforeAll
  static void start() {
    new Random(1).nextBytes(CONTENT);
    cloud = LocalCloud.start(LocalCloudOptions.builder().dataDirectory(data).build());
    http = new Http(cloud.endpoint());
  }

  @AfterAll
  static void stop() {
    http.close();
    cloud.close();
  }

  @BeforeEach
  void freshSession() {
    name = "resumable-" + System.nanoTime();
    session = begin(Map.of("X-Upload-Content-Type", "image/jpeg"), "{}");
  }

  private String begin(Map<String, String> headers, String resource) {
    HttpResponse<byte[]> response =
        http.send(
            "POST",
            "/upload/storage/v1/b/in-local-images/o?uploadType=resumable&name=" + name,
            headers,
            resource.getBytes(US_ASCII));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(header(response, "x-guploader-uploadid")).isNotEmpty();
    return header(response, "location");
  }

  private HttpResponse<byte[]> put(int from, int to, String total) {
    return http.send(
        "PUT",
        session,
        Map.of("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + total),
        Arrays.copyOfRange(CONTENT, from, to));
  }

  private HttpResponse<byte[]> ask(String total) {
    return http.send("PUT", session, Map.of("Content-Range", "bytes */" + total));
  }

  private static void assertHas(HttpResponse<byte[]> response, int bytes) {
    assertThat(response.statusCode()).isEqualTo(308);
    assertThat(header(response, "range"))
        .isEqualTo(bytes == 0 ? "(none)" : "bytes=0-" + (bytes - 1));
  }

  private void assertStored(HttpResponse<byte[]> last) {
    assertThat(last.statusCode()).isEqualTo(200);
    assertThat(text(last)).contains("\"size\" : \"" + CONTENT.length + "\"");
    assertThat(header(last, "x-goog-stored-content-length"))
        .isEqualTo(String.valueOf(CONTENT.length));
    assertThat(content().body()).isEqualTo(CONTENT);
  }

  private HttpResponse<byte[]> content() {
    return http.get("/download/storage/v1/b/in-local-images/o/" + name + "?alt=media");
  }

  @Test
  void chunksBecomeAnObjectWithTheLast() {
    assertHas(ask("*"), 0);
    assertHas(put(0, GRANULE, "*"), GRANULE);
    assertHas(put(GRANULE, 3 * GRANULE, "*"), 3 * GRANULE);
    assertThat(content().statusCode()).isEqualTo(404);

    assertStored(put(3 * GRANULE, CONTENT.length, String.valueOf(CONTENT.length)));
    assertThat(header(content(), "content-type")).isEqualTo("image/jpeg");
  }

  @Test
  void theTotalMayBeKnownFromTheBeginning() {
    String total = String.valueOf(CONTENT.length);
    session = begin(Map.of("X-Upload-Content-Length", total), "{}");
    assertHas(put(0, 2 * GRANULE, total), 2 * GRANULE);

    assertStored(put(2 * GRANULE, CONTENT.length, total));
  }

  @Test
  void oneRequestMayCarryAll() {
    assertStored(http.send("PUT", session, Map.of(), CONTENT));
  }

  @Test
  void gcloudsPathBeginsAnUploadToo() {
    HttpResponse<byte[]> response =
        http.send(
            "POST",
            "/resumable/upload/storage/v1/b/in-local-images/o?uploadType=resumable",
            Map.of(),
            ("{\"name\": \"" + name + "\"}").getBytes(US_ASCII));
    session = header(response, "location");

    assertStored(http.send("PUT", session, Map.of(), CONTENT));
  }

  /** As Google's Node client sends a stream of unknown length. */
  @Test
  void aRangeWithoutAnEndIsTheRestOfTheWhole() {
    assertStored(http.send("PUT", session, Map.of("Content-Range", "bytes 0-*/*"), CONTENT));
  }

  @Test
  void aRangeWithoutAnEndContinuesWhatIsKept() {
    assertHas(put(0, GRANULE, "*"), GRANULE);

    assertStored(
        http.send(
            "PUT",
            session,
            Map.of("Content-Range", "bytes " + GRANULE + "-*/*"),
            Arrays.copyOfRange(CONTENT, GRANULE, CONTENT.length)));
  }

  @Test
  void aRangeWithoutAnEndMustHaveTheAnnouncedTotal() {
    assertThat(
            http.send("PUT", session, Map.of("Content-Range", "bytes 0-*/5"), CONTENT).statusCode())
        .isEqualTo(400);
    assertThat(content().statusCode()).isEqualTo(404);
  }

  @Test
  void theTotalAloneFinishesWhatIsComplete() {
    int whole = 2 * GRANULE;
    assertHas(put(0, whole, "*"), whole);

    HttpResponse<byte[]> last = ask(String.valueOf(whole));

    assertThat(last.statusCode()).isEqualTo(200);
    assertThat(content().body()).isEqualTo(Arrays.copyOf(CONTENT, whole));
  }

  @Test
  void aChunkWhoseAnswerWasLostMayBeSentAgain() {
    assertHas(put(0, GRANULE, "*"), GRANULE);
    assertHas(put(0, GRANULE, "*"), GRANULE);
    assertHas(put(0, 2 * GRANULE, "*"), 2 * GRANULE);

    assertStored(put(GRANULE, CONTENT.length, String.valueOf(CONTENT.length)));
  }

  @Test
  void bytesThatAreKeptStayAsTheyFirstCame() {
    assertHas(put(0, GRANULE, "*"), GRANULE);
    byte[] different = Arrays.copyOf(CONTENT, 2 * GRANULE);
    Arrays.fill(different, 0, GRANULE, (byte) 7);
    assertHas(
        http.send(
            "PUT",
            session,
            Map.of("Content-Range", "bytes 0-" + (2 * GRANULE - 1) + "/*"),
            different),
        2 * GRANULE);

    assertStored(put(2 * GRANULE, CONTENT.length, String.valueOf(CONTENT.length)));
  }

  @Test
  void theLastAnswerMayBeAskedForAgain() {
    String total = String.valueOf(CONTENT.length);
    HttpResponse<byte[]> first = put(0, CONTENT.length, total);

    assertThat(text(ask("*"))).isEqualTo(text(first));
    assertThat(text(ask(total))).isEqualTo(text(first));
    assertThat(text(put(0, CONTENT.length, total))).isEqualTo(text(first));
  }

  @Test
  void onlyWholeGranulesAreKeptBeforeTheLastChunk() {
    assertHas(put(0, GRANULE + 5, "*"), GRANULE);
    assertHas(put(GRANULE, GRANULE + 7, "*"), GRANULE);

    assertStored(put(GRANULE, CONTENT.length, String.valueOf(CONTENT.length)));
  }

  @Test
  void aChunkAheadOfTheUploadIsRefusedInPlainText() {
    put(0, GRANULE, "*");

    HttpResponse<byte[]> response = put(2 * GRANULE, 3 * GRANULE, "*");

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(header(response, "content-type")).startsWith("text/plain");
    assertThat(text(response))
        .contains("upload offset is 524288 byte(s)", "already uploaded size of 262144 byte(s)");
    assertHas(ask("*"), GRANULE);
  }

  @Test
  void aConnectionThatBreaksLosesOnlyTheUnfinishedGranule() throws IOException {
    URI uri = URI.create(session);
    try (var socket = new Socket("localhost", uri.getPort())) {
      String head =
          "PUT "
              + uri.getRawPath()
              + "?"
              + uri.getRawQuery()
              + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
              + CONTENT.length
              + "\r\nContent-Range: bytes 0-"
              + (CONTENT.length - 1)
              + "/"
              + CONTENT.length
              + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(US_ASCII));
      socket.getOutputStream().write(CONTENT, 0, GRANULE + 1000);
      socket.getOutputStream().flush();
      // What the server has not read by the time that the connection breaks is lost as well.
      Await.until("the half chunk to arrive", () -> hasFileOf(GRANULE + 1000));
    }

    Await.until("the break to be seen", () -> header(ask("*"), "range").endsWith("-262143"));
    assertStored(put(GRANULE, CONTENT.length, String.valueOf(CONTENT.length)));
  }

  private static boolean hasFileOf(long bytes) {
    try (Stream<Path> files = Files.walk(data)) {
      return files.filter(Files::isRegularFile).anyMatch(file -> file.toFile().length() == bytes);
    } catch (IOException | UncheckedIOException e) {
      return false; // a file went while it was looked at
    }
  }

  @Test
  void contradictionsAreRefused() {
    put(0, GRANULE, String.valueOf(CONTENT.length));

    assertThat(ask("5").statusCode()).as("another total").isEqualTo(400);
    assertThat(
            http.send("PUT", session, Map.of("Content-Range", "bytes 9-3/*"), new byte[1])
                .statusCode())
        .as("a range backwards")
        .isEqualTo(400);
    assertThat(
            http.send("PUT", session, Map.of("Content-Range", "items 0-1/2"), new byte[1])
                .statusCode())
        .as("no range of bytes")
        .isEqualTo(400);
    int to = 2 * GRANULE;
    assertThat(
            http.send(
                    "PUT",
                    session,
                    Map.of("Content-Range", "bytes " + GRANULE + "-" + (to - 1) + "/*"),
                    new byte[GRANULE + 1])
                .statusCode())
        .as("more bytes than the range says")
        .isEqualTo(400);
  }

  @Test
  void aWrongChecksumOfTheWholeIsRefusedAtTheEnd() {
    session = begin(Map.of(), "{\"crc32c\": \"AAAAAA==\"}");

    assertThat(put(0, CONTENT.length, String.valueOf(CONTENT.length)).statusCode()).isEqualTo(400);
    assertThat(content().statusCode()).isEqualTo(404);
  }

  @Test
  void aCancelledUploadStaysCancelled() {
    put(0, GRANULE, "*");

    assertThat(http.send("DELETE", session, Map.of()).statusCode()).isEqualTo(499);
    assertThat(ask("*").statusCode()).isEqualTo(499);
    assertThat(put(GRANULE, 2 * GRANULE, "*").statusCode()).isEqualTo(499);
  }

  @Test
  void anUnknownUploadIsNotFound() {
    session = session.replaceAll("upload_id=.*", "upload_id=unknown");

    assertThat(ask("*").statusCode()).isEqualTo(404);
  }
}
