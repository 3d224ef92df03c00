package dev.in.core.engine;

import static java.util.Objects.requireNonNull;

import dev.in.core.failure.Deadline;
import dev.in.core.failure.Failures;
import dev.in.core.failure.PermanentFailure;
import dev.in.core.stage.StageOutput;
import dev.in.core.task.TaskDocument;
import dev.in.core.telemetry.Meters;
import dev.in.core.telemetry.Spans;
import dev.in.events.Stage;
import io.opentelemetry.api.trace.SpanKind;
import java.time.Duration;

/** Times a stage's work, without what the engine does around it. */
public final class ObservedWork implements StageWork {
  private final StageWork work;
  private final Spans spans;
  private final Meters meters;

  public ObservedWork(StageWork work, Spans spans, Meters meters) {
    this.work = requireNonNull(work, "work is null");
    this.spans = requireNonNull(spans, "spans is null");
    this.meters = requireNonNull(meters, "meters is null");
  }

  @Override
  public Stage stage() {
    return work.stage();
  }

  @Override
  public StageOutput work(TaskDocument task, Deadline budget) throws Exception {
    long start = System.nanoTime();
    String outcome = "unexpected";
    try {
      StageOutput output =
          spans.inside(
              stage().wireName() + " work", SpanKind.INTERNAL, () -> work.work(task, budget));
      outcome = "done";
      return output;
    } catch (PermanentFailure e) {
      outcome = "failed";
      throw e;
    } catch (Exception e) {
      outcome = Failures.isTransient(e) ? "transient" : "unexpected";
      throw e;
    } finally {
      meters.work(outcome, Duration.ofNanos(System.nanoTime() - start));
    }
  }
}
