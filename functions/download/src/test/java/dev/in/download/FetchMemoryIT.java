package dev.in.download;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.NoCredentials;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import dev.in.core.testing.FunctionProcess;
import dev.in.core.testing.LocalCloudExtension;
import dev.in.core.testing.LocalCloudProcess;
import dev.in.core.testing.PushClient;
import dev.in.core.testing.TestCertificate;
import dev.in.core.testing.TestingHost;
import dev.in.events.ImageInput;
import dev.in.topology.Topology;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The packaged function fetches the largest images there may be, three at once, over https. */
@ExtendWith(LocalCloudExtension.class)
class FetchMemoryIT {
  private static final int MOST = 50 << 20;
  private static final int AT_ONCE = 3;

  /** A third of what the images have together. */
  private static final int HEAP_MEGABYTES = 50;

  @TempDir private Path folder;

  @Test
  void itsMemoryDoesNotGrowWithWhatAHostSends(LocalCloudProcess cloud) throws Exception {
    Topology.load().topics().keySet().forEach(cloud::createTopic);
    TestCertificate certificate = TestCertificate.make();
    byte[] image = ImageBytes.jpeg(MOST);
    try (TestingHost host = TestingHost.https(certificate);
        FunctionProcess function =
            FunctionProcess.start(
                environment(cloud, host, certificate), "-Xmx" + HEAP_MEGABYTES + "m")) {
      host.on("/small.jpg", "HTTP/1.1 200 OK", ImageBytes.jpeg(1_000));
      host.on("/large.jpg", "HTTP/1.1 200 OK", image);
      PushClient client = new PushClient(function.awaitReady());
      fetch(client, List.of(submission(host, "/small.jpg")));
      long before = function.peakMemory();

      List<Submission> submissions = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        submissions.add(submission(host, "/large.jpg"));
      }
      fetch(client, submissions);

      for (Submission submission : submissions) {
        Blob stored = storage(cloud).get(LocalCloudProcess.BUCKET, submission.objectName());
        assertThat(stored.getCrc32c()).isEqualTo(ImageBytes.crc32c(image));
      }
      System.out.printf(
          "download's resident memory: at most %d MB after an image of 1 kB, %d MB after %d of"
              + " 50 MB at once%n",
          before >> 20, function.peakMemory() >> 20, AT_ONCE);
      assertThat(function.peakMemory() - before).isLessThan(MOST);
    }
  }

  private static void fetch(PushClient client, List<Submission> submissions) throws Exception {
    List<CompletableFuture<Integer>> statuses =
        submissions.stream()
            .map(
                submission ->
                    CompletableFuture.supplyAsync(
                        () -> client.push(submission.delivery(1)).statusCode()))
            .toList();
    for (CompletableFuture<Integer> status : statuses) {
      assertThat(status.get(60, TimeUnit.SECONDS)).isEqualTo(204);
    }
  }

  private static Submission submission(TestingHost host, String path) {
    return Submission.of(new ImageInput.Url(host.url("127.0.0.1", path)));
  }

  private static Storage storage(LocalCloudProcess cloud) {
    return StorageOptions.newBuilder()
        .setProjectId(LocalCloudProcess.PROJECT)
        .setHost(cloud.endpoint().toString())
        .setCredentials(NoCredentials.getInstance())
        .build()
        .getService();
  }

  private Map<String, String> environment(
      LocalCloudProcess cloud, TestingHost host, TestCertificate certificate) throws Exception {
    Map<String, String> environment = new HashMap<>(cloud.environment());
    environment.put("IN_PUSH_AUTH", "none");
    environment.put("IN_FETCH_ALLOW", "127.0.0.1:" + host.port());
    environment.put(
        "IN_FETCH_CA", Files.writeString(folder.resolve("ca.pem"), certificate.pem()).toString());
    return environment;
  }
}
