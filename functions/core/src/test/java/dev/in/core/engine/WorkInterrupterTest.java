package dev.in.core.engine;

import static dev.in.core.testing.TestTask.completed;
import static dev.in.core.testing.TestTask.document;
import static dev.in.core.testing.TestTask.output;
import static dev.in.events.Stage.DOWNLOAD;
import static dev.in.events.Stage.METADATA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.in.core.failure.Await;
import dev.in.core.failure.Deadline;
import dev.in.core.failure.TransientFailure;
import dev.in.core.handler.Outcome;
import dev.in.core.handler.Outcome.Ack;
import dev.in.core.handler.Outcome.Nack;
import dev.in.core.stage.StageOutput;
import dev.in.core.task.PlannedFault;
import dev.in.core.task.StageStatus;
import dev.in.core.task.TaskDocument;
import dev.in.core.task.TaskStatus;
import dev.in.core.task.TestingTaskStore.Call;
import dev.in.core.testing.TestTopology;
import dev.in.topology.Topology;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Work is interrupted when its budget is used up or the instance must go, and nothing else is. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WorkInterrupterTest {
  private final WorkInterrupter watch = new WorkInterrupter();
  private final CountDownLatch working = new CountDownLatch(1);

  @AfterEach
  void close() {
    watch.close();
  }

  @Test
  void workThatOutstaysItsBudgetIsInterruptedAndItsLeaseGivenBack() {
    // A budget of 60 ms and a lease of 90 ms.
    EngineBench bench = bench(TestTopology.wholeChain().scaled(1000));
    bench.work.plan(this::workForever);

    assertThat(bench.deliver("m1", 1)).isEqualTo(new Nack("transient failure"));

    assertThat(bench.state().status()).isEqualTo(StageStatus.PENDING);
    assertThat(bench.state().lastError()).contains("InterruptedException");
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void anInterruptThatACallHasTurnedIntoAFaultStillLetsTheLeaseGo() {
    EngineBench bench = bench(TestTopology.wholeChain().scaled(1000));
    bench.work.plan(
        (_, _) ->
            Await.answer(
                new CompletableFuture<StageOutput>(),
                Deadline.in(Duration.ofHours(1), InstantSource.system()),
                "an analysis"));
    bench.store.plan(Call.UPDATE, PlannedFault.after(() -> {}));
    bench.store.plan(
        Call.UPDATE,
        PlannedFault.after(
            () -> assertThat(Thread.currentThread().isInterrupted()).as("at release").isFalse()));

    assertThat(bench.deliver("m1", 1)).isEqualTo(new Nack("transient failure"));

    assertThat(bench.state().status()).isEqualTo(StageStatus.PENDING);
    assertThat(bench.state().lastError()).contains("TransientFailure: an analysis was interrupted");
  }

  @Test
  void workUnderWayIsInterruptedWhenTheInstanceMustGo() throws Exception {
    EngineBench bench = bench(TestTopology.wholeChain());
    bench.work.plan(this::workForever);
    CompletableFuture<Outcome> outcome =
        CompletableFuture.supplyAsync(() -> bench.deliver("m1", 1));
    working.await();

    watch.stop();

    assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(new Nack("transient failure"));
    assertThat(bench.state().status()).isEqualTo(StageStatus.PENDING);
    assertThat(bench.state().crashes()).isZero();
  }

  @Test
  void workThatBeginsAfterThatIsInterruptedAtOnce() {
    EngineBench bench = bench(TestTopology.wholeChain());
    bench.work.plan(this::workForever);
    watch.stop();

    assertThat(bench.deliver("m1", 1)).isEqualTo(new Nack("transient failure"));
    assertThat(bench.state().status()).isEqualTo(StageStatus.PENDING);
  }

  @Test
  void workThatEndsInTimeIsNotDisturbedAfterwards() {
    EngineBench bench = bench(TestTopology.wholeChain());
    bench.work.plan((_, _) -> output(METADATA));

    assertThat(bench.deliver("m1", 1)).isEqualTo(new Ack("done"));

    watch.stop();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void afterTheWatchHasClosedWorkIsRefusedAndComesBack() {
    EngineBench bench = bench(TestTopology.wholeChain());
    watch.close();

    assertThat(bench.deliver("m1", 1)).isEqualTo(new Nack("transient failure"));
    assertThat(bench.work.times()).isZero();
    assertThat(bench.state().status()).isEqualTo(StageStatus.PENDING);
  }

  private StageOutput workForever(TaskDocument task, Deadline budget) throws InterruptedException {
    working.countDown();
    new CountDownLatch(1).await();
    throw new TransientFailure("not reached", null);
  }

  private EngineBench bench(Topology topology) {
    EngineBench bench = new EngineBench(METADATA, topology, watch);
    bench.store.put(document(TaskStatus.PROCESSING, Map.of(DOWNLOAD, completed(DOWNLOAD))));
    return bench;
  }
}
