package dev.in.core.engine;

import dev.in.core.failure.Deadline;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Interrupts the thread of work whose budget is used up and, when the instance shuts down, of all
 * work: Cloud Run leaves ten seconds after SIGTERM, enough to release the leases.
 */
public final class WorkInterrupter implements StageWorker.Watch, AutoCloseable {
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("work-watch").factory());
  private final Set<Watching> watched = ConcurrentHashMap.newKeySet();
  private volatile boolean stopping;

  @Override
  public Watched over(Thread worker, Deadline budget) {
    Watching watching = new Watching(worker);
    watching.timeout =
        timer.schedule(watching::interrupt, budget.remaining().toMillis(), TimeUnit.MILLISECONDS);
    watched.add(watching);
    if (stopping) {
      watching.interrupt();
    }
    return watching;
  }

  /** Interrupts all work under way and all that begins from now on. */
  public void stop() {
    stopping = true;
    watched.forEach(Watching::interrupt);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private final class Watching implements Watched {
    private final Thread worker;
    private Future<?> timeout;
    private boolean over;

    Watching(Thread worker) {
      this.worker = worker;
    }

    // Under one lock with close(), so that the interrupt never hits what the thread does
    // afterwards.
    synchronized void interrupt() {
      if (!over) {
        worker.interrupt();
      }
    }

    @Override
    public void close() {
      synchronized (this) {
        over = true;
      }
      timeout.cancel(false);
      watched.remove(this);
    }
  }
}
