package dev.in.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What one task costs on the happy path: every billable operation, as the local cloud counted it.
 */
@ExtendWith(SharedStack.class)
class BudgetIT {
  @TempDir private Path folder;
  private RunningStack stack;

  @BeforeEach
  void use(RunningStack shared) {
    stack = shared;
  }

  @Test
  void aTaskCostsThreeReadsSixWritesAndOneObject() throws Exception {
    Path image = TestImages.write(folder.resolve("a.png"), 64, 48);
    stack.awaitSideConsumers();
    stack.resetCounters();
    Instant start = Instant.now();

    try (InCommand submit = stack.submit(image)) {
      assertThat(submit.awaitExit(Duration.ofMinutes(5))).isZero();
    }
    stack.awaitSideConsumers();

    // Three of chain and sync, tag-indexer's one, and log-enhancer's for each of four events.
    assertThat(counted("firestore.documents.read/tasks")).isEqualTo(8);
    assertThat(counted("firestore.documents.write/tasks")).isEqualTo(6);
    assertThat(counted("firestore.documents.write/history")).isEqualTo(4);
    assertThat(counted("firestore.documents.delete")).isZero();
    // The user's upload and the chain's one object.
    assertThat(counted("storage.classA/storage.objects.insert")).isEqualTo(2);
    // Two events of stages that have a successor, with its message, and the last one's with the
    // end.
    assertThat(counted("google.pubsub.v1.Publisher/Publish")).isEqualTo(6);
    assertThat(counted("google.cloud.vision.v1.ImageAnnotator/BatchAnnotateImages")).isEqualTo(1);
    assertThat(counted("vision.units")).isEqualTo(2);
    // Whatever else is read is read by the clock: ai and sync look at the switches every five
    // seconds at most, however many tasks there are.
    long switches = counted("firestore.documents.read/switches");
    assertThat(counted("firestore.documents.read")).isEqualTo(8 + switches);
    assertThat(switches)
        .isLessThanOrEqualTo(2 * (Duration.between(start, Instant.now()).toSeconds() / 5 + 1));
  }

  private long counted(String name) throws Exception {
    return stack.counters().path(name).asLong(0);
  }
}
