package dev.in.emulator.storage;

import static dev.in.emulator.storage.Http.header;
import static dev.in.emulator.storage.Http.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.in.emulator.LocalCloud;
import dev.in.emulator.LocalCloudOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Single requests of the JSON API, and the exact form of their answers. */
class MediaTest {
  private static final String BUCKET = "/storage/v1/b/in-local-images";

  private static LocalCloud cloud;
  private static Http http;

  private String name;

  @BeforeAll
  static void start() {
    cloud = LocalCloud.start(LocalCloudOptions.defaults());
    http = new Http(cloud.endpoint());
  }

  @AfterAll
  static void stop() {
    http.close();
    cloud.close();
  }

  @BeforeEach
  void freshName() {
    name = "media-" + System.nanoTime();
  }

  private HttpResponse<byte[]> upload(String parameters, Map<String, String> headers, byte[] body) {
    return http.send(
        "POST",
        "/upload" + BUCKET + "/o?uploadType=media&name=" + name + parameters,
        headers,
        body);
  }

  private HttpResponse<byte[]> download(Map<String, String> headers) {
    return http.send("GET", "/download" + BUCKET + "/o/" + name + "?alt=media", headers);
  }

  private HttpResponse<byte[]> range(String range) {
    return download(Map.of("Range", range));
  }

  private static JsonNode json(HttpResponse<byte[]> response) {
    try {
      return new ObjectMapper().readTree(response.body());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aPlainUploadAnswersTheResource() {
    JsonNode resource = json(upload("", Map.of("Content-Type", "text/plain"), bytes("123456789")));

    assertThat(resource.path("kind").asText()).isEqualTo("storage#object");
    assertThat(resource.path("name").asText()).isEqualTo(name);
    assertThat(resource.path("bucket").asText()).isEqualTo("in-local-images");
    assertThat(resource.path("size").isTextual()).as("64-bit numbers are text").isTrue();
    assertThat(resource.path("size").asText()).isEqualTo("9");
    assertThat(resource.path("generation").asText()).matches("\\d{16}");
    assertThat(resource.path("metageneration").asText()).isEqualTo("1");
    assertThat(resource.path("contentType").asText()).isEqualTo("text/plain");
    assertThat(resource.path("crc32c").asText()).isEqualTo("4waSgw==");
    assertThat(resource.path("md5Hash").asText()).isEqualTo("JfnnlDI7RTiF9RgfG2JNCw==");
    assertThat(resource.path("timeCreated").asText()).matches("\\d{4}-.*Z");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /** As gcloud sends it: its boundary in single quotes, its lines ending in a line feed alone. */
  @Test
  void gcloudsMultipartUploadIsTaken() {
    String body =
        "--==1==\nContent-Type: application/json\nMIME-Version: 1.0\n\n{\"name\": \"%s\"}\n"
            + "--==1==\nContent-Type: text/plain\n\nhello\n\n--==1==--\n";

    HttpResponse<byte[]> response =
        http.send(
            "POST",
            "/upload" + BUCKET + "/o?uploadType=multipart",
            Map.of("Content-Type", "multipart/related; boundary='==1=='"),
            bytes(body.formatted(name)));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(text(download(Map.of()))).isEqualTo("hello\n");
    assertThat(header(download(Map.of()), "content-type")).isEqualTo("text/plain");
  }

  /** A form of any page could send the others. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/form-data; boundary=b",
        "multipart/relatedly; boundary=b",
        "text/plain; boundary=b",
        "multipart/related",
        ""
      })
  void onlyMultipartRelatedIsTaken(String contentType) {
    String body =
        "--b\r\nContent-Type: application/json\r\n\r\n{\"name\": \"%s\"}\r\n"
            + "--b\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b--\r\n";

    HttpResponse<byte[]> response =
        http.send(
            "POST",
            "/upload" + BUCKET + "/o?uploadType=multipart",
            contentType.isEmpty() ? Map.of() : Map.of("Content-Type", contentType),
            bytes(body.formatted(name)));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(download(Map.of()).statusCode()).isEqualTo(404);
  }

  /** Beside its usual parameters, those that ask for what is not there anyway. */
  @Test
  void gcloudsListingIsAnswered() {
    upload("", Map.of(), bytes("a"));

    JsonNode listing =
        json(
            http.get(
                BUCKET
                    + "/o?alt=json&delimiter=%2F&includeFoldersAsPrefixes=True&maxResults=1000"
                    + "&projection=noAcl&versions=True&prefix="
                    + name));

    assertThat(listing.path("items").findValuesAsText("name")).containsExactly(name);
    JsonNode layout = json(http.get(BUCKET + "/storageLayout?alt=json&prefix=a"));
    assertThat(layout.at("/hierarchicalNamespace/enabled").asBoolean(true)).isFalse();
  }

  @Test
  void everyPermissionOnABucketThatIsThereIsGranted() {
    assertThat(
            json(http.get(BUCKET + "/iam/testPermissions?permissions=storage.objects.get"))
                .path("permissions")
                .toString())
        .isEqualTo("[\"storage.objects.get\"]");
    assertThat(
            http.get(BUCKET + "-none/iam/testPermissions?permissions=storage.objects.get")
                .statusCode())
        .isEqualTo(404);
  }

  @Test
  void aConditionThatExcludesAGenerationNeedsAnObject() {
    assertThat(upload("&ifGenerationNotMatch=1", Map.of(), bytes("a")).statusCode()).isEqualTo(412);
    assertThat(http.get(BUCKET + "/o/" + name).statusCode()).isEqualTo(404);

    upload("", Map.of(), bytes("a"));
    assertThat(upload("&ifGenerationNotMatch=1", Map.of(), bytes("b")).statusCode()).isEqualTo(200);
  }

  @Test
  void aBucketsPropertiesAreRefusedAndItIsNotMade() {
    String bucket = "bucket-" + System.nanoTime();
    for (String property :
        List.of(
            "\"versioning\": {\"enabled\": true}",
            "\"labels\": {}",
            "\"storageClass\": \"NEARLINE\"",
            "\"noSuchProperty\": 1")) {
      HttpResponse<byte[]> response =
          http.send(
              "POST",
              "/storage/v1/b?project=in-local",
              Map.of(),
              bytes("{\"name\": \"" + bucket + "\", " + property + "}"));
      assertThat(response.statusCode()).as(property).isEqualTo(501);
      assertThat(text(response)).contains(property.split("\"")[1]);
    }
    assertThat(http.get("/storage/v1/b/" + bucket).statusCode()).isEqualTo(404);
  }

  @Test
  void aDownloadTellsVersionAndChecksums() {
    upload("", Map.of("Content-Type", "text/plain"), bytes("123456789"));

    HttpResponse<byte[]> response = download(Map.of());

    assertThat(response.body()).isEqualTo(bytes("123456789"));
    assertThat(header(response, "content-type")).isEqualTo("text/plain");
    assertThat(header(response, "content-length")).isEqualTo("9");
    assertThat(header(response, "x-goog-hash"))
        .isEqualTo("crc32c=4waSgw==,md5=JfnnlDI7RTiF9RgfG2JNCw==");
    assertThat(header(response, "x-goog-generation")).matches("\\d{16}");
    assertThat(header(response, "x-goog-metageneration")).isEqualTo("1");
  }

  @Test
  void aRangeIsAPart() {
    upload("", Map.of(), bytes("0123456789"));

    assertThat(text(range("bytes=0-0"))).isEqualTo("0");
    assertThat(text(range("bytes=7-"))).isEqualTo("789");
    assertThat(text(range("bytes=7-99"))).isEqualTo("789");
    assertThat(text(range("bytes=-3"))).isEqualTo("789");
    assertThat(text(range("bytes=-99"))).isEqualTo("0123456789");
    HttpResponse<byte[]> part = range("bytes=2-4");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(text(part)).isEqualTo("234");
    assertThat(header(part, "content-range")).isEqualTo("bytes 2-4/10");
    assertThat(header(part, "content-length")).isEqualTo("3");
  }

  @Test
  void aRangeBeyondTheEndIsRefusedWithTheSize() {
    upload("", Map.of(), bytes("0123456789"));

    HttpResponse<byte[]> response = range("bytes=10-");

    assertThat(response.statusCode()).isEqualTo(416);
    assertThat(header(response, "content-range")).isEqualTo("bytes */10");
  }

  @Test
  void aRangeThatIsNoneIsIgnored() {
    upload("", Map.of(), bytes("0123456789"));

    for (String none : new String[] {"bytes=", "bytes=5-2", "bytes=0-1,3-4", "lines=1-2"}) {
      HttpResponse<byte[]> response = range(none);
      assertThat(response.statusCode()).as(none).isEqualTo(200);
      assertThat(text(response)).isEqualTo("0123456789");
    }
  }

  @Test
  void whatIsNotModifiedIsNotSent() {
    String generation = json(upload("", Map.of(), bytes("a"))).path("generation").asText();
    String object = BUCKET + "/o/" + name;

    HttpResponse<byte[]> response =
        http.get(object + "?alt=media&ifGenerationNotMatch=" + generation);

    assertThat(response.statusCode()).isEqualTo(304);
    assertThat(response.body()).isEmpty();
    assertThat(http.get(object + "?ifGenerationNotMatch=1").statusCode()).isEqualTo(200);
  }

  @Test
  void oneGenerationIsAskedForByNumber() {
    String generation = json(upload("", Map.of(), bytes("a"))).path("generation").asText();
    String object = BUCKET + "/o/" + name + "?generation=";

    assertThat(http.get(object + generation).statusCode()).isEqualTo(200);
    assertThat(http.get(object + "1").statusCode()).isEqualTo(404);
  }

  @Test
  void aFailedPreconditionIsToldInGooglesForm() {
    upload("", Map.of(), bytes("a"));

    HttpResponse<byte[]> response = upload("&ifGenerationMatch=0", Map.of(), bytes("b"));

    assertThat(response.statusCode()).isEqualTo(412);
    JsonNode error = json(response).path("error");
    assertThat(error.path("code").asInt()).isEqualTo(412);
    assertThat(error.path("message").asText())
        .isEqualTo("At least one of the pre-conditions you specified did not hold.");
    JsonNode detail = error.path("errors").path(0);
    assertThat(detail.path("reason").asText()).isEqualTo("conditionNotMet");
    assertThat(detail.path("domain").asText()).isEqualTo("global");
    assertThat(detail.path("location").asText()).isEqualTo("If-Match");
  }

  @Test
  void aMissingObjectIsToldInGooglesForm() {
    HttpResponse<byte[]> response = http.get(BUCKET + "/o/none");

    assertThat(response.statusCode()).isEqualTo(404);
    JsonNode error = json(response).path("error");
    assertThat(error.path("message").asText()).isEqualTo("No such object: in-local-images/none");
    assertThat(error.path("errors").path(0).path("reason").asText()).isEqualTo("notFound");
  }

  @Test
  void aChecksumInTheHeaderIsChecked() {
    Map<String, String> right = Map.of("x-goog-hash", "crc32c=4waSgw==");
    Map<String, String> wrong = Map.of("x-goog-hash", "md5=AAAAAAAAAAAAAAAAAAAAAA==");

    assertThat(upload("", wrong, bytes("123456789")).statusCode()).isEqualTo(400);
    assertThat(http.get(BUCKET + "/o/" + name).statusCode()).isEqualTo(404);
    assertThat(upload("", right, bytes("123456789")).statusCode()).isEqualTo(200);
  }

  @Test
  void aBodyPackedForTheWayIsUnpacked() throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes("0123456789"));
    }

    upload("", Map.of("Content-Encoding", "gzip"), packed.toByteArray());

    assertThat(text(download(Map.of()))).isEqualTo("0123456789");
  }

  @Test
  void anEmptyNameIsRefused() {
    name = "";

    assertThat(upload("", Map.of(), bytes("a")).statusCode()).isEqualTo(400);
  }

  @Test
  void whatIsNotCoveredSaysSo() {
    upload("", Map.of(), bytes("a"));

    assertThat(http.get(BUCKET + "/o?matchGlob=*").statusCode()).isEqualTo(501);
    assertThat(http.get(BUCKET + "/iam").statusCode()).isEqualTo(501);
    assertThat(http.send("DELETE", BUCKET, Map.of()).statusCode()).isEqualTo(501);
    assertThat(http.send("POST", "/batch/storage/v1", Map.of()).statusCode()).isEqualTo(501);
    String object = BUCKET + "/o/" + name;
    assertThat(http.get("/storage/v1/b?project=in-local").statusCode()).isEqualTo(501);
    assertThat(http.get(object + "?ifMetagenerationMatch=1").statusCode()).isEqualTo(501);
    for (String method : List.of("PATCH", "PUT")) {
      assertThat(http.send(method, object, Map.of(), bytes("{}")).statusCode())
          .as(method)
          .isEqualTo(501);
    }
    for (String change : List.of("copyTo", "rewriteTo")) {
      assertThat(
              http.send("POST", object + "/" + change + "/b/in-local-images/o/x", Map.of())
                  .statusCode())
          .as(change)
          .isEqualTo(501);
    }
    assertThat(http.send("POST", object + "/compose", Map.of()).statusCode()).isEqualTo(501);
  }

  @Test
  void aPropertyThatHasNoEffectHereIsRefused() {
    for (String property :
        List.of("\"eventBasedHold\": true", "\"retention\": {}", "\"contexts\": {}")) {
      assertThat(
              http.send(
                      "POST",
                      "/upload" + BUCKET + "/o?uploadType=resumable&name=" + name,
                      Map.of(),
                      bytes("{" + property + "}"))
                  .statusCode())
          .as(property)
          .isEqualTo(501);
    }
  }

  @Test
  void operationsAreCountedByTheirClass() {
    cloud.counters().reset();
    upload("", Map.of(), bytes("a"));
    upload("&ifGenerationMatch=0", Map.of(), bytes("a"));
    download(Map.of());
    http.get(BUCKET + "/o/" + name);
    http.get(BUCKET + "/o/none");
    http.get(BUCKET + "/o");
    http.send("DELETE", BUCKET + "/o/" + name, Map.of());

    assertThat(cloud.counters().get("storage.classA")).isEqualTo(2);
    assertThat(cloud.counters().get("storage.classA/storage.objects.insert")).isEqualTo(1);
    assertThat(cloud.counters().get("storage.classA/storage.objects.list")).isEqualTo(1);
    assertThat(cloud.counters().get("storage.classB")).isEqualTo(2);
    assertThat(cloud.counters().get("storage.objects.insert")).as("calls").isEqualTo(2);
    assertThat(cloud.counters().get("storage.objects.delete")).as("calls").isEqualTo(1);
  }
}
