package dev.in.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.NoCredentials;
import com.google.cloud.storage.StorageOptions;
import dev.in.core.failure.Deadline;
import dev.in.core.failure.PermanentFailure;
import dev.in.core.task.TaskStatus;
import dev.in.core.testing.LocalCloudExtension;
import dev.in.core.testing.LocalCloudProcess;
import dev.in.core.testing.TestTask;
import dev.in.events.FailureCode;
import dev.in.events.Stage;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The stage's work on a bucket of the local cloud. */
@ExtendWith(LocalCloudExtension.class)
class MetadataWorkTest {

  @Test
  void anImageThatIsGoneFromTheBucketIsAPermanentFailureOfOurs(LocalCloudProcess cloud) {
    MetadataWork work =
        new MetadataWork(
            StorageOptions.newBuilder()
                .setProjectId(LocalCloudProcess.PROJECT)
                .setHost(cloud.endpoint().toString())
                .setCredentials(NoCredentials.getInstance())
                .build()
                .getService());

    PermanentFailure failure =
        catchThrowableOfType(
            PermanentFailure.class,
            () ->
                work.work(
                    TestTask.document(
                        TaskStatus.PROCESSING,
                        Map.of(Stage.DOWNLOAD, TestTask.completed(Stage.DOWNLOAD))),
                    Deadline.in(Duration.ofSeconds(30), InstantSource.system())));

    assertThat(failure.code()).isEqualTo(FailureCode.INTERNAL);
  }
}
