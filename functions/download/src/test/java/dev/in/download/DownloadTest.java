package dev.in.download;

import static dev.in.core.testing.LocalCloudProcess.BUCKET;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.cloud.firestore.DocumentSnapshot;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import dev.in.core.testing.LocalCloud;
import dev.in.core.testing.LocalCloudProcess;
import dev.in.core.testing.LocalCloudResource;
import dev.in.core.testing.PushClient;
import dev.in.events.ImageInput;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole function: pushed to over HTTP, with Google's clients against the local cloud. */
@QuarkusTest
@QuarkusTestResource(LocalCloudResource.class)
@QuarkusTestResource(ImageHost.class)
class DownloadTest {
  private static final int MOST = 1 << 20;

  @TestHTTPResource("/")
  URI endpoint;

  @LocalCloud LocalCloudProcess cloud;
  @Inject Storage storage;
  @Inject Firestore firestore;

  ImageHost host;

  @BeforeEach
  void noFaults() {
    cloud.clearFaults();
  }

  @ParameterizedTest
  @CsvSource({
    "image/jpeg, ffd8ffe000104a464946",
    "image/png,  89504e470d0a1a0a0000000d49484452",
    "image/gif,  474946383961",
    "image/webp, 52494646102700005745425056503820",
    "image/tiff, 49492a0008000000",
    "image/bmp,  424d10270000000000003600000028000000",
    "image/heic, 00000018667479706865696300000000",
    "image/avif, 0000001c667479706176696600000000"
  })
  void everyTypeIsToldByItsFirstBytes(String contentType, String hex) throws Exception {
    byte[] image =
        ImageBytes.beginning(new String(HexFormat.of().parseHex(hex), ISO_8859_1), 10_000);
    Submission submission = upload(image, "application/octet-stream");

    assertThat(deliver(submission, 1)).isEqualTo(204);

    Blob stored = storage.get(BUCKET, submission.objectName());
    assertThat(stored.getContent()).isEqualTo(image);
    assertThat(stored.getContentType()).isEqualTo(contentType);
    assertThat(output(submission)).isEqualTo(expected(stored, contentType, image));
  }

  @Test
  void sizeAndChecksumsAreRightAcrossManyChunks() throws Exception {
    byte[] image = ImageBytes.jpeg(MOST);
    Submission submission = upload(image, "image/jpeg");

    assertThat(deliver(submission, 1)).isEqualTo(204);

    Blob stored = storage.get(BUCKET, submission.objectName());
    assertThat(output(submission)).isEqualTo(expected(stored, "image/jpeg", image));
  }

  @Test
  void whatHappenedIsToldAndTheNextStageIsAsked() throws Exception {
    byte[] image = ImageBytes.jpeg(2_000);
    Submission submission = upload(image, "image/jpeg");

    deliver(submission, 1);

    String object =
        "{\"bucket\":\"in-local-images\",\"name\":\"%s\",\"generation\":%d}"
            .formatted(
                submission.objectName(),
                storage.get(BUCKET, submission.objectName()).getGeneration());
    String common =
        "\"object\":%s,\"contentType\":\"image/jpeg\",\"sizeBytes\":2000,\"sha256\":\"%s\""
            .formatted(object, ImageBytes.sha256(image));
    assertThat(messages("image-events", submission))
        .singleElement()
        .asString()
        .contains("\"eventType\":\"image.downloaded\"", "\"payload\":{" + common + "}");
    assertThat(messages("metadata-topic", submission))
        .singleElement()
        .asString()
        .contains(
            "\"eventType\":\"metadata.requested\"",
            "\"payload\":{" + common + ",\"features\":[\"text\",\"colors\"]}");
  }

  @Test
  void aTextWithAImagesNameIsNoImage() throws Exception {
    Submission submission = upload("just words".getBytes(UTF_8), "image/jpeg");

    assertThat(deliver(submission, 1)).isEqualTo(204);

    assertFailed(submission, "unsupported_type");
  }

  @Test
  void anEmptyFileIsNoImage() throws Exception {
    Submission submission = upload(new byte[0], "image/jpeg");

    assertThat(deliver(submission, 1)).isEqualTo(204);

    assertFailed(submission, "unsupported_type");
  }

  @Test
  void anUploadThatIsNotThereIsNotFound() throws Exception {
    Submission submission = Submission.ofUpload("upload_" + UUID.randomUUID());

    assertThat(deliver(submission, 1)).isEqualTo(204);

    assertFailed(submission, "source_not_found");
  }

  @Test
  void anotherOwnersUploadIsNotFound() throws Exception {
    String uploadId = "upload_" + UUID.randomUUID();
    put(Submission.uploadOf("eve", uploadId), ImageBytes.jpeg(100), "image/jpeg");
    Submission submission = Submission.ofUpload(uploadId);

    assertThat(deliver(submission, 1)).isEqualTo(204);

    assertFailed(submission, "source_not_found");
  }

  @Test
  void anUploadOfOneByteTooManyIsTooLarge() throws Exception {
    Submission submission = upload(ImageBytes.jpeg(MOST + 1), "image/jpeg");

    assertThat(deliver(submission, 1)).isEqualTo(204);

    assertFailed(submission, "source_too_large");
  }

  @Test
  void whatAHostDeliversIsStoredAsAnUploadIs() throws Exception {
    Submission submission = Submission.of(new ImageInput.Url(host.url("/whole/a.jpg")));

    assertThat(deliver(submission, 1)).isEqualTo(204);

    byte[] image = ImageBytes.jpeg(300_000);
    Blob stored = storage.get(BUCKET, submission.objectName());
    assertThat(output(submission)).isEqualTo(expected(stored, "image/jpeg", image));
  }

  @ParameterizedTest
  @CsvSource({"/large/a.jpg, source_too_large", "/cut/a.jpg, source_unreachable"})
  void whatAHostSendsTooMuchOrTooLittleOfIsNotStored(String path, String code) throws Exception {
    Submission submission = Submission.of(new ImageInput.Url(host.url(path)));

    assertThat(deliver(submission, 1)).isEqualTo(204);

    assertFailed(submission, code);
  }

  @Test
  void whatIsStoredAlreadyIsTheTruth() throws Exception {
    byte[] stored = ImageBytes.beginning("GIF89a", 5_000);
    Submission submission = upload(ImageBytes.jpeg(9_000), "image/jpeg");
    Blob before = put(submission.objectName(), stored, "image/gif");

    assertThat(deliver(submission, 1)).isEqualTo(204);

    assertThat(output(submission)).isEqualTo(expected(before, "image/gif", stored));
  }

  @Test
  void anAttemptThatStoredItsImageAndCameNoFurtherNeedsItsSourceNoMore() throws Exception {
    String source = host.url("/whole/" + UUID.randomUUID());
    Submission submission = Submission.of(new ImageInput.Url(source));
    failing("storage.objects.insert.chunk", "failAfter", "PERMISSION_DENIED", 1);
    assertThat(deliver(submission, 1)).isEqualTo(503);
    assertThat(storage.get(BUCKET, submission.objectName())).isNotNull();

    assertThat(deliver(submission, 2)).isEqualTo(204);

    Blob stored = storage.get(BUCKET, submission.objectName());
    assertThat(output(submission))
        .isEqualTo(expected(stored, "image/jpeg", ImageBytes.jpeg(300_000)));
    assertThat(host.requests(URI.create(source).getPath())).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "storage.objects.insert,       failBefore",
    "storage.objects.insert,       failAfter",
    "storage.objects.insert.chunk, failBefore",
    "storage.objects.insert.chunk, failAfter"
  })
  void aBucketThatIsAwayIsAFaultThatPasses(String call, String effect) throws Exception {
    byte[] image = ImageBytes.jpeg(MOST);
    Submission submission = upload(image, "image/jpeg");
    failing(call, effect, "PERMISSION_DENIED", 1);

    assertThat(deliver(submission, 1)).isEqualTo(503);
    assertThat(stage(submission).get("status")).isEqualTo("pending");
    assertThat(deliver(submission, 2)).isEqualTo(204);

    Blob stored = storage.get(BUCKET, submission.objectName());
    assertThat(output(submission)).isEqualTo(expected(stored, "image/jpeg", image));
    assertThat(stage(submission).get("leaseExpiries")).isEqualTo(0L);
  }

  @Test
  void onTheHappyPathItCostsWhatIsPlanned() throws Exception {
    Submission submission = upload(ImageBytes.jpeg(1_000), "image/jpeg");
    cloud.resetCounters();

    deliver(submission, 1);

    JsonNode counters = cloud.counters();
    assertThat(counters.path("google.firestore.v1.Firestore/Commit").asInt()).isEqualTo(2);
    assertThat(counters.path("google.firestore.v1.Firestore/BatchGetDocuments").asInt()).isZero();
    assertThat(counters.path("storage.objects.insert").asInt()).isEqualTo(1);
    assertThat(counters.path("google.pubsub.v1.Publisher/Publish").asInt()).isEqualTo(2);
  }

  private void failing(String calls, String effect, String code, int nth) {
    cloud.fault(
        "{\"calls\": \"%s\", \"effect\": \"%s\", \"code\": \"%s\", \"when\": {\"nth\": [%d]}}"
            .formatted(calls, effect, code, nth));
  }

  private Submission upload(byte[] bytes, String contentType) {
    String uploadId = "upload_" + UUID.randomUUID();
    put(Submission.uploadOf(Submission.OWNER, uploadId), bytes, contentType);
    return Submission.ofUpload(uploadId);
  }

  private Blob put(String name, byte[] bytes, String contentType) {
    return storage.create(
        BlobInfo.newBuilder(BUCKET, name).setContentType(contentType).build(), bytes);
  }

  private int deliver(Submission submission, int attempt) {
    return new PushClient(endpoint).push(submission.delivery(attempt)).statusCode();
  }

  private DocumentSnapshot document(Submission submission) throws Exception {
    return firestore.collection("tasks").document(submission.taskId()).get().get();
  }

  private Map<?, ?> stage(Submission submission) throws Exception {
    return (Map<?, ?>) document(submission).get("stages.download");
  }

  private Object output(Submission submission) throws Exception {
    assertThat(stage(submission).get("status")).isEqualTo("completed");
    return stage(submission).get("output");
  }

  private static Map<String, Object> expected(Blob stored, String contentType, byte[] image) {
    return Map.of(
        "object",
        Map.of(
            "bucket", BUCKET,
            "name", stored.getName(),
            "generation", stored.getGeneration()),
        "contentType",
        contentType,
        "sizeBytes",
        (long) image.length,
        "sha256",
        ImageBytes.sha256(image),
        "crc32c",
        ImageBytes.crc32c(image));
  }

  private void assertFailed(Submission submission, String code) throws Exception {
    assertThat(document(submission).get("status")).isEqualTo("failed");
    assertThat(document(submission).get("stages.download.error.code")).isEqualTo(code);
    assertThat(storage.get(BUCKET, submission.objectName())).as("the stored original").isNull();
    assertThat(messages("task-lifecycle-events", submission))
        .singleElement()
        .asString()
        .contains("\"eventType\":\"task.failed\"", "\"code\":\"" + code + "\"");
  }

  private List<String> messages(String topic, Submission submission) {
    List<String> bodies = new ArrayList<>();
    for (JsonNode message : cloud.published(topic)) {
      if (message.path("attributes").path("taskId").asText().equals(submission.taskId())) {
        bodies.add(new String(Base64.getDecoder().decode(message.path("data").asText())));
      }
    }
    return bodies;
  }
}
