package dev.in.core.engine;

import static java.util.Objects.requireNonNull;

import dev.in.core.failure.Deadline;
import dev.in.core.failure.PermanentFailure;
import dev.in.core.task.StageError;
import dev.in.core.task.TaskDocument;
import org.jboss.logging.Logger;

/** Does a stage's work under its budget and turns whatever happens into a result. */
public final class StageWorker {
  private static final Logger LOG = Logger.getLogger(StageWorker.class);

  /** Characters of an error's message that the document keeps. */
  private static final int MAX_ERROR_CHARS = 500;

  private final StageWork work;
  private final Watch watch;

  StageWorker(StageWork work, Watch watch) {
    this.work = requireNonNull(work, "work is null");
    this.watch = requireNonNull(watch, "watch is null");
  }

  StageResult work(TaskDocument task, Deadline budget) {
    try (Watch.Watched _ = watch.over(Thread.currentThread(), budget)) {
      return new StageResult.Done(work.work(task, budget));
    } catch (PermanentFailure e) {
      LOG.infof("%s failed permanently: %s: %s", work.stage(), e.code(), e.getMessage());
      return new StageResult.Failed(new StageError(e.code(), e.getMessage()));
    } catch (Exception e) {
      LOG.warnf(e, "%s failed, and will be retried", work.stage());
      return new StageResult.Transient(describe(e));
    } finally {
      // Whoever was interrupted must still be able to release its lease.
      Thread.interrupted();
    }
  }

  private static String describe(Exception e) {
    String text =
        e.getMessage() == null
            ? e.getClass().getSimpleName()
            : e.getClass().getSimpleName() + ": " + e.getMessage();
    return text.substring(0, Math.min(MAX_ERROR_CHARS, text.length()));
  }

  /** Interrupts work that exceeds its budget, or whose instance shuts down. */
  public interface Watch {
    Watched over(Thread worker, Deadline budget);

    /** Work that is being watched until it is closed. */
    interface Watched extends AutoCloseable {
      @Override
      void close();
    }
  }
}
