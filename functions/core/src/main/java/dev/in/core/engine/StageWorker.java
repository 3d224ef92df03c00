package dev.in.core.engine;

import static java.util.Objects.requireNonNull;

import dev.in.core.engine.Instance.Interruption;
import dev.in.core.failure.Deadline;
import dev.in.core.failure.Failures;
import dev.in.core.failure.PermanentFailure;
import dev.in.core.task.StageError;
import dev.in.core.task.TaskDocument;
import org.jboss.logging.Logger;

/**
 * Does a stage's work under its budget and turns whatever happens into a result. After an
 * interruption of our own only a success counts: an interrupted socket or look-up reports errors
 * that look like the other side's.
 */
final class StageWorker {
  private static final Logger LOG = Logger.getLogger(StageWorker.class);

  /** Characters of an error's message that the document keeps. */
  private static final int MAX_ERROR_CHARS = 500;

  private final StageWork work;
  private final Instance instance;

  StageWorker(StageWork work, Instance instance) {
    this.work = requireNonNull(work, "work is null");
    this.instance = requireNonNull(instance, "instance is null");
  }

  StageResult work(TaskDocument task, Deadline budget) {
    try (Interruption interruption = instance.interruptAt(budget, Thread.currentThread())) {
      try {
        return new StageResult.Done(work.work(task, budget));
      } catch (Exception e) {
        return interruption.happened() ? interrupted(e) : failed(e);
      }
    } finally {
      // Whoever was interrupted must still be able to release its lease.
      Thread.interrupted();
    }
  }

  private StageResult interrupted(Exception e) {
    String why = instance.isStopping() ? "the instance shut down" : "the time was used up";
    LOG.warnf(e, "%s was interrupted, and will be retried: %s", work.stage(), why);
    return new StageResult.Transient(shortened(why + ": " + describe(e)));
  }

  private StageResult failed(Exception e) {
    if (e instanceof PermanentFailure failure) {
      LOG.infof("%s failed permanently: %s: %s", work.stage(), failure.code(), e.getMessage());
      return new StageResult.Failed(new StageError(failure.code(), e.getMessage()));
    }
    if (Failures.isTransient(e)) {
      LOG.warnf(e, "%s failed, and will be retried", work.stage());
      return new StageResult.Transient(shortened(describe(e)));
    }
    LOG.errorf(e, "%s failed unexpectedly, and will be retried", work.stage());
    return new StageResult.Unexpected(shortened(describe(e)));
  }

  private static String describe(Exception e) {
    return e.getMessage() == null
        ? e.getClass().getSimpleName()
        : e.getClass().getSimpleName() + ": " + e.getMessage();
  }

  private static String shortened(String text) {
    return text.substring(0, Math.min(MAX_ERROR_CHARS, text.length()));
  }
}
