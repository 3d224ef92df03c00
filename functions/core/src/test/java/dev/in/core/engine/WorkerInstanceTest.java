package dev.in.core.engine;

import static dev.in.core.testing.TestTask.completed;
import static dev.in.core.testing.TestTask.document;
import static dev.in.core.testing.TestTask.output;
import static dev.in.events.Stage.DOWNLOAD;
import static dev.in.events.Stage.METADATA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.in.core.engine.Instance.Slot;
import dev.in.core.failure.Await;
import dev.in.core.failure.Deadline;
import dev.in.core.failure.PermanentFailure;
import dev.in.core.failure.TransientFailure;
import dev.in.core.handler.Outcome;
import dev.in.core.handler.Outcome.Ack;
import dev.in.core.handler.Outcome.Nack;
import dev.in.core.stage.StageOutput;
import dev.in.core.task.PlannedFault;
import dev.in.core.task.StageState;
import dev.in.core.task.StageStatus;
import dev.in.core.task.TaskDocument;
import dev.in.core.task.TaskStatus;
import dev.in.core.task.TestingTaskStore.Call;
import dev.in.core.testing.TestTopology;
import dev.in.events.FailureCode;
import dev.in.topology.Topology;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may work in an instance, and that work is interrupted when its time is up. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WorkerInstanceTest {
  private final WorkerInstance instance = new WorkerInstance();
  private final CountDownLatch working = new CountDownLatch(1);

  @AfterEach
  void close() {
    instance.close();
  }

  @Test
  void workThatExceedsItsBudgetIsInterruptedAndItsLeaseReleased() {
    // A budget of 60 ms and a lease of 90 ms.
    EngineBench bench = bench(TestTopology.wholeChain().scaled(1000));
    bench.work.plan(this::workForever);

    assertThat(bench.deliver("m1", 1)).isEqualTo(new Nack("transient failure"));

    assertThat(bench.state().status()).isEqualTo(StageStatus.PENDING);
    assertThat(bench.state().lastError()).contains("the time was used up: InterruptedException");
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void anInterruptThatACallTurnsIntoAFailureStillLetsTheLeaseGo() {
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
    assertThat(bench.state().lastError())
        .contains("the time was used up: TransientFailure: an analysis was interrupted");
  }

  @Test
  void workUnderWayIsInterruptedWhenTheInstanceShutsDown() throws Exception {
    EngineBench bench = bench(TestTopology.wholeChain());
    bench.work.plan(this::workForever);
    CompletableFuture<Outcome> outcome =
        CompletableFuture.supplyAsync(() -> bench.deliver("m1", 1));
    working.await();

    instance.stop();

    assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(new Nack("transient failure"));
    assertThat(bench.state().status()).isEqualTo(StageStatus.PENDING);
    assertThat(bench.state().history().leaseExpiries()).isZero();
  }

  /** An interrupted socket or look-up reports errors that look like the host's. */
  @ParameterizedTest
  @MethodSource("errors")
  void afterAnInterruptionNoErrorIsTakenForAVerdict(Exception error) throws Exception {
    EngineBench bench = bench(TestTopology.wholeChain());
    bench.work.plan(
        (_, _) -> {
          try {
            working.countDown();
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            throw error;
          }
          return output(METADATA);
        });
    CompletableFuture<Outcome> outcome =
        CompletableFuture.supplyAsync(() -> bench.deliver("m1", 1));
    working.await();

    instance.stop();

    assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(new Nack("transient failure"));
    assertThat(bench.document().status()).isEqualTo(TaskStatus.PROCESSING);
    assertThat(bench.state().status()).isEqualTo(StageStatus.PENDING);
    assertThat(bench.state().lastError().orElseThrow()).startsWith("the instance shut down: ");
    assertThat(bench.state().history().unexpectedErrors()).isEmpty();
  }

  static List<Exception> errors() {
    return List.of(
        new PermanentFailure(FailureCode.SOURCE_UNREACHABLE, "The host closed the connection"),
        new IllegalStateException("interrupted somewhere"));
  }

  @Test
  void aSuccessIsRecordedEvenIfItsTimeIsUp() {
    EngineBench bench = bench(TestTopology.wholeChain().scaled(1000));
    bench.work.plan(
        (_, _) -> {
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            // The work was done already.
          }
          return output(METADATA);
        });

    assertThat(bench.deliver("m1", 1)).isEqualTo(new Ack("done"));
  }

  @Test
  void nothingBeginsOnceTheInstanceShutsDown() {
    EngineBench bench = bench(TestTopology.wholeChain());
    instance.stop();

    assertThat(bench.deliver("m1", 1)).isEqualTo(new Nack("shutting down"));
    assertThat(bench.work.times()).isZero();
    assertThat(bench.state()).isEqualTo(StageState.PENDING);
  }

  @Test
  void workThatRunsAloneWaitsForAllOtherAndKeepsNewWorkOut() throws Exception {
    Slot first = instance.enter(false, Duration.ZERO).orElseThrow();
    Slot second = instance.enter(false, Duration.ZERO).orElseThrow();
    assertThat(elsewhere(() -> instance.enter(true, Duration.ofMillis(50)))).isEmpty();
    CompletableFuture<Slot> alone =
        elsewhereAsync(() -> instance.enter(true, Duration.ofSeconds(10)).orElseThrow());

    first.close();
    second.close();
    alone.get(10, TimeUnit.SECONDS);

    assertThat(elsewhere(() -> instance.enter(false, Duration.ofMillis(50)))).isEmpty();
  }

  @Test
  void afterWorkThatRanAloneOthersWorkBesideEachOtherAgain() {
    instance.enter(true, Duration.ZERO).orElseThrow().close();

    instance.enter(false, Duration.ZERO).orElseThrow();
    assertThat(instance.enter(false, Duration.ZERO)).isPresent();
  }

  @Test
  void workThatEndsInTimeIsNotDisturbedAfterwards() {
    EngineBench bench = bench(TestTopology.wholeChain());
    bench.work.plan((_, _) -> output(METADATA));

    assertThat(bench.deliver("m1", 1)).isEqualTo(new Ack("done"));

    instance.stop();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  private static <T> T elsewhere(Supplier<T> action) throws Exception {
    return elsewhereAsync(action).get(10, TimeUnit.SECONDS);
  }

  private static <T> CompletableFuture<T> elsewhereAsync(Supplier<T> action) {
    return CompletableFuture.supplyAsync(action, Thread::startVirtualThread);
  }

  private StageOutput workForever(TaskDocument task, Deadline budget) throws InterruptedException {
    working.countDown();
    new CountDownLatch(1).await();
    throw new TransientFailure("not reached", null);
  }

  private EngineBench bench(Topology topology) {
    EngineBench bench = new EngineBench(METADATA, topology, instance);
    bench.store.put(document(TaskStatus.PROCESSING, Map.of(DOWNLOAD, completed(DOWNLOAD))));
    return bench;
  }
}
