package dev.in.metadata;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.cloud.NoCredentials;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreOptions;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import dev.in.core.failure.Deadline;
import dev.in.core.stage.DownloadOutput;
import dev.in.core.task.FirestoreTaskStore;
import dev.in.core.task.TaskDocument;
import dev.in.core.task.TaskStatus;
import dev.in.core.testing.ContainerJvmOptions;
import dev.in.core.testing.FolderInMemory;
import dev.in.core.testing.FunctionProcess;
import dev.in.core.testing.LocalCloudExtension;
import dev.in.core.testing.LocalCloudProcess;
import dev.in.core.testing.MemoryCgroup;
import dev.in.core.testing.PushBody;
import dev.in.core.testing.PushClient;
import dev.in.core.testing.TestTask;
import dev.in.events.EventCodec;
import dev.in.events.INEvent;
import dev.in.events.MetadataRequested;
import dev.in.events.ObjectRef;
import dev.in.events.Stage;
import dev.in.events.TaskRef;
import dev.in.formats.ImageFormat;
import dev.in.formats.testing.TestImages;
import dev.in.limits.Limits;
import dev.in.topology.Topology;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * As many of the largest images as one instance works on at once, in the memory that Cloud Run
 * gives it: temporary files lie in that memory, too.
 */
@ExtendWith(LocalCloudExtension.class)
class MemoryLimitIT {
  private static final Topology TOPOLOGY = Topology.load();
  private static final Topology.Service SERVICE = TOPOLOGY.functions().get("metadata").service();
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

  @TempDir(factory = FolderInMemory.class)
  private Path temporary;

  @Test
  void itsOwnMemoryAndTheLargestImagesFitIntoAnInstance(LocalCloudProcess cloud) throws Exception {
    long heapMiB = SERVICE.memoryMiB() * ContainerJvmOptions.read().heapPercent() / 100L;
    try (FunctionProcess function =
        FunctionProcess.startInContainer(environment(cloud), "-Xmx" + heapMiB + "m")) {
      handleTheLargestImagesAtOnce(cloud, function);

      long resident = function.peakMemory() >> 20;
      long temporary = (long) SERVICE.concurrency() * Limits.MAX_IMAGE_BYTES >> 20;
      System.out.printf(
          "metadata: %d MiB resident and %d MiB of temporary files, of %d MiB%n",
          resident, temporary, SERVICE.memoryMiB());
      assertThat(resident + temporary).isLessThan(SERVICE.memoryMiB());
    }
  }

  @Test
  void theKernelLetsItLiveWithinThatMemory(LocalCloudProcess cloud) throws Exception {
    Optional<MemoryCgroup> group = MemoryCgroup.create((long) SERVICE.memoryMiB() << 20);
    assumeTrue(
        group.isPresent(),
        "NOT RUN: no control group with a memory limit can be made here (needs root on Linux)");
    try (MemoryCgroup memory = group.get();
        FunctionProcess function =
            FunctionProcess.startInContainer(
                memory, environment(cloud), "-Djava.io.tmpdir=" + temporary)) {
      handleTheLargestImagesAtOnce(cloud, function);

      System.out.printf(
          "metadata: at most %d of %d MiB in a control group, temporary files included%n",
          memory.peakBytes() >> 20, SERVICE.memoryMiB());
      assertThat(temporary).isDirectoryNotContaining("glob:**/image-*");
      function.terminate();
      function.awaitExit(Duration.ofSeconds(20));
    }
  }

  private static void handleTheLargestImagesAtOnce(
      LocalCloudProcess cloud, FunctionProcess function) throws Exception {
    TOPOLOGY.topics().keySet().forEach(cloud::createTopic);
    PushClient client = new PushClient(function.awaitReady());
    DownloadOutput image = stored(cloud, largest());
    List<PushBody> messages = new ArrayList<>();
    try (Firestore firestore = firestore(cloud)) {
      FirestoreTaskStore tasks = new FirestoreTaskStore(firestore);
      for (int i = 0; i < SERVICE.concurrency(); i++) {
        messages.add(requested(tasks, image));
      }
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> statuses =
          messages.stream()
              .map(body -> threads.submit(() -> client.push(body).statusCode()))
              .toList();
      for (Future<Integer> status : statuses) {
        assertThat(status.get(60, SECONDS)).isEqualTo(204);
      }
    }
  }

  /** Whole, and read to its end. */
  private static byte[] largest() {
    byte[] jpeg = TestImages.drawn("jpg");
    byte[] more = new byte[Limits.MAX_IMAGE_BYTES - jpeg.length];
    return TestImages.inserted(jpeg, jpeg.length - 2, more);
  }

  /** One object serves all tasks. */
  private static DownloadOutput stored(LocalCloudProcess cloud, byte[] image) {
    Storage storage =
        StorageOptions.newBuilder()
            .setProjectId(LocalCloudProcess.PROJECT)
            .setHost(cloud.endpoint().toString())
            .setCredentials(NoCredentials.getInstance())
            .build()
            .getService();
    String name = "tasks/" + UUID.randomUUID() + "/1/original";
    BlobInfo place = BlobInfo.newBuilder(LocalCloudProcess.BUCKET, name).build();
    long generation = storage.create(place, image).getGeneration();
    return new DownloadOutput(
        new ObjectRef(LocalCloudProcess.BUCKET, name, generation),
        ImageFormat.JPEG.contentType(),
        image.length,
        "ab".repeat(32),
        "AAAAAA==");
  }

  private static Firestore firestore(LocalCloudProcess cloud) {
    return FirestoreOptions.newBuilder()
        .setProjectId(LocalCloudProcess.PROJECT)
        .setEmulatorHost(cloud.host())
        .build()
        .getService();
  }

  /** A task whose image has been downloaded, and the message that asks for its metadata. */
  private static PushBody requested(FirestoreTaskStore tasks, DownloadOutput image) {
    TaskRef task = new TaskRef("task_" + UUID.randomUUID(), 1, TRACE);
    Instant now = Instant.now();
    tasks.create(
        new TaskDocument(
            task,
            TaskStatus.PROCESSING,
            TestTask.INPUT,
            TestTask.FEATURES,
            TestTask.ROUTING,
            Map.of(Stage.DOWNLOAD, TestTask.completed(Stage.DOWNLOAD, image)),
            now,
            now,
            now,
            now.plus(Duration.ofDays(40))),
        Deadline.in(Duration.ofSeconds(20), InstantSource.system()));
    MetadataRequested request =
        new MetadataRequested(
            image.object(),
            image.contentType(),
            image.sizeBytes(),
            image.sha256(),
            TestTask.FEATURES);
    return PushBody.of(EventCodec.write(INEvent.of(task, "download", now, "download", request)))
        .attribute("taskId", task.taskId())
        .attribute("eventType", "metadata.requested")
        .messageId("message-of-" + task.taskId())
        .subscription("metadata")
        .attempt(1);
  }

  private static Map<String, String> environment(LocalCloudProcess cloud) {
    Map<String, String> environment = new HashMap<>(cloud.environment());
    environment.put("IN_PUSH_AUTH", "none");
    return environment;
  }
}
