package dev.in.runner;

import static dev.in.runner.ForeignHost.OK;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.in.topology.Topology;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every way in which a user's address can fail, through the whole chain. The stack fetches http and
 * https, from every usual port, so that nothing but the address can be what refuses.
 */
@ExtendWith(SharedStack.class)
class FailuresIT {
  private static final String NOT_PUBLIC = "The address does not lead to a public host";
  private static final long LIMIT = 50 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private RunningStack stack;
  private ForeignHost host;
  private byte[] image;

  @BeforeEach
  void use(RunningStack shared) throws IOException {
    stack = shared;
    host = stack.foreignHost();
    image = Files.readAllBytes(TestImages.write(folder.resolve("good.png"), 64, 48));
    host.on("/good.png", OK + "\nContent-Length: " + image.length, image);
  }

  @Test
  void noPrivateAddressIsFetchedInAnyNotation() throws Exception {
    List<String> forbidden = new ArrayList<>();
    for (String name :
        List.of("169.254.169.254", "127.0.0.1", "2130706433", "[::ffff:10.0.0.1]", "localhost")) {
      for (String scheme : List.of("http", "https")) {
        String address = scheme + "://" + name + "/";
        String redirect = "/to/" + forbidden.size();
        host.on(redirect, "HTTP/1.1 302 Found\nContent-Length: 0\nLocation: " + address);
        forbidden.add(address);
        forbidden.add(host.url(redirect));
      }
    }
    List<String> inputs = new ArrayList<>(forbidden);
    inputs.addFirst(folder.resolve("good.png").toString());
    inputs.add(host.url("/good.png"));

    Map<String, JsonNode> rows = stack.process(inputs);

    for (String address : forbidden) {
      assertFailed(rows.get(address), "source_forbidden", NOT_PUBLIC);
      if (address.startsWith(host.url("/"))) {
        assertThat(host.asked(address.substring(host.url("").length()))).isEqualTo(1);
      }
    }
    assertCompleted(rows.get(inputs.getFirst()));
    assertCompleted(rows.get(inputs.getLast()));
  }

  @Test
  void whateverAHostDoesItsTaskEndsInTimeWithTheRightCode() throws Exception {
    Map<String, Failing> hosts = new LinkedHashMap<>();
    hosts.put("/slow", unreachable("The host did not deliver the file in time", this::dribble));
    // Its third silence ends when the time for all of it does.
    hosts.put(
        "/silent",
        unreachable("The host (stopped responding|did not .*)", FailuresIT::saysNothing));
    hosts.put("/endless", tooLarge(this::endless));
    hosts.put("/oversized", tooLarge(head("\nContent-Length: " + (LIMIT + 1))));
    hosts.put("/longer", cutOff(head("\nContent-Length: " + (image.length + 1))));
    hosts.put("/cut", cutOff(FailuresIT::cutsOff));
    hosts.put("/hangs-up", cutOff(out -> {}));
    hosts.put("/bomb", tooLarge(this::bomb));
    hosts.put(
        "/404",
        new Failing("source_not_found", "The host answered with status 404", status("404 No")));
    hosts.put("/500", unreachable("The host answered with status 500", status("500 Oh")));
    hosts.put(
        "/loop", unreachable("The host redirects too often", status("302 Found\nLocation: /loop")));
    hosts.put(
        "/page",
        new Failing(
            "unsupported_type",
            "The file is not a JPEG, PNG, GIF, WebP, TIFF, BMP, HEIC or AVIF image.",
            out -> {
              ForeignHost.write(out, OK);
              out.write("<html>a page that shows a image</html>".getBytes());
            }));
    List<String> inputs = new ArrayList<>(List.of(host.url("/good.png")));
    hosts.forEach(
        (path, failing) -> {
          host.on(path, failing.behaviour());
          inputs.add(host.url(path));
        });

    Map<String, JsonNode> rows = stack.process(inputs);

    hosts.forEach(
        (path, failing) ->
            assertFailed(rows.get(host.url(path)), failing.code(), failing.message()));
    assertCompleted(rows.get(host.url("/good.png")));
    // Three quick tries where a repeat may succeed, one where the host's answer is final.
    assertThat(host.asked("/500")).isEqualTo(3);
    assertThat(host.asked("/cut")).isEqualTo(3);
    assertThat(host.asked("/404")).isEqualTo(1);
    assertThat(host.asked("/endless")).isEqualTo(1);
    assertThat(host.asked("/loop")).isEqualTo(4);
  }

  /**
   * A host that declares less than it sends is taken at its word: the declared bytes are the image.
   */
  @Test
  void anImageThatItsHostDeclaresTooShortCompletesAsTruncated() throws Exception {
    host.on("/shorter", OK + "\nContent-Length: " + (image.length - 40), image);

    JsonNode row =
        stack.process(List.of(host.url("/shorter"), host.url("/none"))).get(host.url("/shorter"));

    assertThat(row.path("status").asText()).isEqualTo("completed");
    assertThat(row.path("sizeBytes").asInt()).isEqualTo(image.length - 40);
    assertThat(row.path("metadata").path("truncated").asBoolean()).isTrue();
  }

  private void assertCompleted(JsonNode row) {
    assertThat(row.path("status").asText()).as(row.toString()).isEqualTo("completed");
    assertThat(row.path("sizeBytes").asInt()).isEqualTo(image.length);
  }

  /**
   * Failed at the edge as in the document, by the first delivery, within what a stage may take.
   *
   * @param message a pattern
   */
  private void assertFailed(JsonNode row, String code, String message) {
    try {
      assertThat(row.path("status").asText()).as(row.toString()).isEqualTo("failed");
      JsonNode error = row.path("error");
      assertThat(error.path("code").asText()).isEqualTo(code);
      assertThat(error.path("message").asText()).matches(message);
      assertThat(error.path("stage").asText()).isEqualTo("download");
      String taskId = row.path("taskId").asText();
      Map<?, ?> stages = (Map<?, ?>) stack.document(taskId).get("stages");
      Map<?, ?> download = (Map<?, ?>) stages.get("download");
      assertThat(download.get("attempts")).isEqualTo(1L);
      List<JsonNode> ends = stack.published("task-lifecycle-events", taskId);
      assertThat(ends).hasSize(1);
      long endedAt = JSON.readTree(RunningStack.body(ends.getFirst())).path("timestamp").asLong();
      long startedAt = ((com.google.cloud.Timestamp) download.get("startedAt")).toDate().getTime();
      assertThat(Duration.ofMillis(endedAt - startedAt))
          .isLessThan(Topology.load().clocks().workBudget());
    } catch (Exception e) {
      throw new AssertionError(row.toString(), e);
    }
  }

  private ForeignHost.Behaviour head(String rest) {
    return out -> {
      ForeignHost.write(out, OK + rest);
      out.write(image);
    };
  }

  private static ForeignHost.Behaviour status(String statusAndHeaders) {
    return out -> ForeignHost.write(out, "HTTP/1.1 " + statusAndHeaders + "\nContent-Length: 0");
  }

  private static Failing tooLarge(ForeignHost.Behaviour behaviour) {
    return new Failing(
        "source_too_large", "The file is larger than " + LIMIT + " bytes", behaviour);
  }

  private static Failing cutOff(ForeignHost.Behaviour behaviour) {
    return unreachable("The host cut the connection off", behaviour);
  }

  private static Failing unreachable(String message, ForeignHost.Behaviour behaviour) {
    return new Failing("source_unreachable", message, behaviour);
  }

  /** A byte now and then, so that it is never silent for long. */
  private void dribble(OutputStream out) throws IOException, InterruptedException {
    ForeignHost.write(out, OK);
    while (true) {
      out.write(image[0]);
      out.flush();
      Thread.sleep(500);
    }
  }

  private static void saysNothing(OutputStream out) throws InterruptedException {
    Thread.sleep(Duration.ofMinutes(5));
  }

  private void endless(OutputStream out) throws IOException {
    ForeignHost.write(out, OK);
    out.write(image);
    while (true) {
      out.write(new byte[1 << 16]);
    }
  }

  private static void cutsOff(OutputStream out) throws IOException {
    ForeignHost.write(out, OK + "\nTransfer-Encoding: chunked");
    out.write("ffff\r\nand no more".getBytes());
  }

  /** An image and then zeros: 50 KB on the wire. */
  private void bomb(OutputStream out) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(image);
      for (long size = 0; size <= LIMIT; size += 1 << 16) {
        gzip.write(new byte[1 << 16]);
      }
    }
    ForeignHost.write(out, OK + "\nContent-Encoding: gzip\nContent-Length: " + packed.size());
    packed.writeTo(out);
  }

  private record Failing(String code, String message, ForeignHost.Behaviour behaviour) {}
}
